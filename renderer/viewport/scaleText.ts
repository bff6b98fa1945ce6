/** `3 cm`, `4 mm`: what a pixel stands for. One significant digit is what the eye needs. */
export function scaleText(metersPerPixel: number): string {
  const centimeters = metersPerPixel * 100;
  if (centimeters >= 9.5) return `${Math.round(centimeters / 5) * 5} cm`;
  if (centimeters >= 0.95) return `${Math.round(centimeters)} cm`;
  return `${Math.max(1, Math.round(centimeters * 10))} mm`;
}
