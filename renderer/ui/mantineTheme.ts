/**
 * Defaults of the UI kit's components. Colours and sizes are in theme.css: a style tag written at run time would be
 * refused by the content security policy, so the theme object holds behaviour only.
 */
import {
  Button,
  createTheme,
  Drawer,
  InputWrapper,
  Modal,
  NativeSelect,
  NumberInput,
  SegmentedControl,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';

export const mantineTheme = createTheme({
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm', variant: 'default' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm', autosize: false } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'sm', hideControls: true } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'sm' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'sm', transitionDuration: 0 } }),
    InputWrapper: InputWrapper.extend({ defaultProps: { size: 'sm' } }),
    Modal: Modal.extend({
      defaultProps: {
        lockScroll: false,
        centered: true,
        transitionProps: { duration: 0 },
        overlayProps: { backgroundOpacity: 0.4 },
      },
    }),
    Drawer: Drawer.extend({
      defaultProps: {
        lockScroll: false,
        position: 'right',
        transitionProps: { duration: 0 },
        overlayProps: { backgroundOpacity: 0.4 },
      },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 300,
        transitionProps: { duration: 0 },
        events: { hover: true, focus: true, touch: true },
      },
    }),
  },
});
