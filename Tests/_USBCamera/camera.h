#pragma once

#include <stdint.h>

/// The largest piece of a frame that is sent at once.
enum { PAYLOAD = 16384 };

/// A size of frames.
typedef struct {
    int width, height;
} Size;

enum { SIZES = 2, INTERVALS = 2, MJPEG = 1, YUYV = 2 };
extern const Size sizes[SIZES];
/// Times between frames, in 100 ns.
extern const uint32_t intervals[INTERVALS];

/// What goes wrong, at the frame of which number; 0 is never.
extern struct Faults {
    int cut, noise, silence;
} faults;

/// What host and camera have agreed upon.
typedef struct {
    int format, size;
    uint32_t interval;
} Mode;

// descriptors.c

/// Writes down what the camera is.
void describe_camera(void);
/// Answers a request of the host about the device; `data` holds what came with it, and the answer
/// afterwards. Gives the length of the answer, or -1 if there is none.
int answer_setup(const uint8_t setup[8], uint8_t *data);
/// The mode for the stream.
Mode committed_mode(void);

// stream.c

/// Adds a picture to those that are played; gives 0 unless that fails.
int add_picture(const char *path);
/// Writes the next piece of the stream, when its time has come; gives its length, or 0.
uint32_t next_payload(uint8_t *payload, uint32_t room);
/// How many frames the stream has had.
int frames_sent(void);
/// Ends the stream; the next begins at the first frame.
void stop_stream(void);
