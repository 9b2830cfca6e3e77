/* Compiled for the tests of this folder: see README.md. Line numbers matter there. */
typedef unsigned int count_t;
enum colour { RED, GREEN = 5, BLUE };
enum mode { READ = 1, WRITE = 2, APPEND = 4 };
struct point {
  int x, y;
  double weight;
  const char *label;
  char tag[8];
  struct { short a; } inner;
  unsigned flag : 3;
  int rest : 5;
};
union either { int i; float f; };
extern int scaled(int value);
int numbers[5] = { 1, 2, 3, 3, 3 };
static const char greeting[] = "hello";
volatile count_t total;
void *memcpy(void *to, const void *from, unsigned long length) {
  for (unsigned long i = 0; i < length; i++) ((char *)to)[i] = ((const char *)from)[i];
  return to;
}
static inline int square(int value) {
  int twice = value * value;
  return twice + (int)total;
}
__attribute__((noinline)) static int sum(const int *list, int length) {
  int result = 0;
  for (int i = 0; i < length; i++) {
    int item = list[i];
    result += square(item);
  }
  return result;
}
__attribute__((noinline)) int show(struct point *p, enum colour colour, _Bool really, float f, double d, char c,
                                   long long big, unsigned char small) {
  struct point copy = *p;
  union either e = { .i = 7 };
  void (*callback)(int) = 0;
  int grid[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };
  enum mode mode = READ | APPEND;
  copy.x += (int)colour + really + (int)f + (int)d + c + (int)big + small;
  total = copy.x + e.i + grid[1][really] + (callback != 0) + mode + greeting[copy.x & 3];
  return copy.x;
}
__attribute__((export_name("run"))) int run(int argc) {
  struct point p = { 1, -2, 2.5, "label", "tag", { 3 }, 5, -9 };
  total = (count_t)sum(numbers, argc);
  return scaled(show(&p, BLUE, argc > 0, 1.5f, 0.1, 'x', -5000000000ll, 200));
}
