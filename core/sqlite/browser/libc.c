/* What SQLite asks of a C library, and a browser's WebAssembly has not. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void *memchr(const void *in, int wanted, size_t bytes) {
  const unsigned char *at = in;
  for (; bytes; bytes--, at++)
    if (*at == (unsigned char)wanted) return (void *)at;
  return NULL;
}

int strncmp(const char *one, const char *other, size_t bytes) {
  for (; bytes; bytes--, one++, other++) {
    if (*one != *other) return (unsigned char)*one - (unsigned char)*other;
    if (!*one) return 0;
  }
  return 0;
}

int strcmp(const char *one, const char *other) { return strncmp(one, other, (size_t)-1); }

char *strchr(const char *in, int wanted) { return memchr(in, wanted, strlen(in) + 1); }

char *strrchr(const char *in, int wanted) {
  for (size_t at = strlen(in) + 1; at--;)
    if (in[at] == (char)wanted) return (char *)in + at;
  return NULL;
}

static size_t span(const char *in, const char *set, int within) {
  size_t length = 0;
  while (in[length] && (strchr(set, in[length]) != NULL) == within) length++;
  return length;
}

size_t strspn(const char *in, const char *set) { return span(in, set, 1); }

size_t strcspn(const char *in, const char *set) { return span(in, set, 0); }

char *strcpy(char *into, const char *from) { return memcpy(into, from, strlen(from) + 1); }

char *strncpy(char *into, const char *from, size_t bytes) {
  size_t length = strlen(from);
  if (length >= bytes) return memcpy(into, from, bytes);
  memcpy(into, from, length);
  memset(into + length, 0, bytes - length);
  return into;
}

char *strcat(char *into, const char *from) {
  strcpy(into + strlen(into), from);
  return into;
}

char *sqlite3_vsnprintf(int, char *, const char *, va_list);

int snprintf(char *into, size_t bytes, const char *format, ...) {
  va_list values;
  va_start(values, format);
  sqlite3_vsnprintf((int)bytes, into, format, values);
  va_end(values);
  return (int)strlen(into);
}
