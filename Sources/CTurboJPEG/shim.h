#ifndef VALENCE_CTURBOJPEG_SHIM_H
#define VALENCE_CTURBOJPEG_SHIM_H

#include <turbojpeg.h>

#endif
