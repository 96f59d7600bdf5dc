#ifndef VALENCE_COPENBLAS_SHIM_H
#define VALENCE_COPENBLAS_SHIM_H

#include <cblas.h>

#endif
