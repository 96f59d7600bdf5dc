#pragma once

// What Capture needs of Video4Linux and libv4lconvert, and Swift does not import: the requests of
// ioctl are macros, ioctl itself takes variable arguments.

#include <errno.h>
#include <libv4l-plugin.h>
#include <libv4lconvert.h>
#include <linux/videodev2.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>

typedef enum __attribute__((enum_extensibility(closed))) V4L2Request : unsigned int {
    V4L2RequestQueryCapability = VIDIOC_QUERYCAP,
    V4L2RequestEnumerateFormat = VIDIOC_ENUM_FMT,
    V4L2RequestEnumerateSize = VIDIOC_ENUM_FRAMESIZES,
    V4L2RequestEnumerateInterval = VIDIOC_ENUM_FRAMEINTERVALS,
    V4L2RequestSetFormat = VIDIOC_S_FMT,
    V4L2RequestGetParameters = VIDIOC_G_PARM,
    V4L2RequestSetParameters = VIDIOC_S_PARM,
    V4L2RequestRequestBuffers = VIDIOC_REQBUFS,
    V4L2RequestQueryBuffer = VIDIOC_QUERYBUF,
    V4L2RequestQueueBuffer = VIDIOC_QBUF,
    V4L2RequestDequeueBuffer = VIDIOC_DQBUF,
    V4L2RequestStreamOn = VIDIOC_STREAMON,
    V4L2RequestStreamOff = VIDIOC_STREAMOFF,
    V4L2RequestSetControl = VIDIOC_S_CTRL,
} V4L2Request;

/// Asks a video device for something; returns 0 or the negated errno.
static inline int v4l2_ask(int device, V4L2Request request, void *argument) {
    int result;
    do {
        result = ioctl(device, request, argument);
    } while (result < 0 && errno == EINTR);
    return result < 0 ? -errno : 0;
}

// A device without any capability.
static inline int v4l2_absent_device(void *self, int device, unsigned long request, void *argument) {
    if (request != VIDIOC_QUERYCAP) {
        errno = ENOTTY;
        return -1;
    }
    memset(argument, 0, sizeof(struct v4l2_capability));
    return 0;
}

/// A converter that is tied to no device: it would emulate the device's controls otherwise, and
/// turn the pictures of some laptops upside down.
static inline struct v4lconvert_data *v4lconvert_create_alone(void) {
    static const struct libv4l_dev_ops operations = {.ioctl = v4l2_absent_device};
    return v4lconvert_create_with_dev_ops(-1, NULL, &operations);
}
