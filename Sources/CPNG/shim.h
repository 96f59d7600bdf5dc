#ifndef VALENCE_CPNG_SHIM_H
#define VALENCE_CPNG_SHIM_H

#include <png.h>

#endif
