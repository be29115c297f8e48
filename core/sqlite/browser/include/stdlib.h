#pragma once
#include <stddef.h>
void *malloc(size_t);
void *realloc(void *, size_t);
void free(void *);
static inline void abort(void) { __builtin_trap(); }
