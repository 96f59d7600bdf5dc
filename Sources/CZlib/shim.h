#ifndef VALENCE_CZLIB_SHIM_H
#define VALENCE_CZLIB_SHIM_H

#include <zlib.h>

#endif
