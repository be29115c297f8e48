#pragma once
#include <stddef.h>
typedef struct FILE FILE;
int snprintf(char *into, size_t bytes, const char *format, ...);
