/* A second compile unit. */
int scale = 3;
int scaled(int value) {
  int result = value * scale;
  return result;
}
