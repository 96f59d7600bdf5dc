#ifndef VALENCE_CZIP_SHIM_H
#define VALENCE_CZIP_SHIM_H

#include <zip.h>

#endif
