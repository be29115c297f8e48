#pragma once
#define assert(expression) ((void)0)
