/* nothing: a small program to be executed. */
int main(void) { return 0; }
