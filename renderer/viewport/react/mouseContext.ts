/** What the left mouse button does in a view of space; the right one does the other. */
import { createContext } from 'react';

export const LeftButtonContext = createContext<'orbit' | 'pan'>('orbit');
