// The frames of the camera, and how they are cut into pieces.

#include "camera.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct Faults faults;

enum { MAX_PICTURES = 16, NOISE_LENGTH = 5000 };
static struct { uint8_t *bytes; uint32_t length; } pictures[MAX_PICTURES];
static int picture_count;

static uint8_t made[640 * 480 * 2];
static const uint8_t *frame;
static uint32_t frame_length, frame_position;
static int frame_number, parity;
static double next_time;

int add_picture(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file || picture_count == MAX_PICTURES) return -1;
    fseek(file, 0, SEEK_END);
    long length = ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(length);
    if (fread(bytes, 1, length, file) != (size_t)length) return -1;
    fclose(file);
    pictures[picture_count].bytes = bytes;
    pictures[picture_count++].length = length;
    return 0;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void make_noise(void) {
    for (int i = 0; i < NOISE_LENGTH; i++) made[i] = rand() >> 7;
    frame = made;
    frame_length = NOISE_LENGTH;
}

// Luma rises by 1 from column to column and by 4 from frame to frame, from 16 on, again after 220;
// the color goes from blue at the top to red at the bottom.
static void make_ramp(Size size) {
    uint8_t *pixel = made;
    for (int y = 0; y < size.height; y++) {
        int red = 16 + 224 * y / size.height;
        for (int x = 0; x < size.width; x++, pixel += 2) {
            pixel[0] = 16 + (x + 4 * frame_number) % 220;
            pixel[1] = x % 2 == 0 ? 256 - red : red;
        }
    }
    frame = made;
    frame_length = size.width * size.height * 2;
}

static void make_frame(Mode mode) {
    frame_number++;
    if (mode.format == YUYV) {
        make_ramp(sizes[mode.size]);
    } else if (picture_count == 0 || frame_number == faults.noise) {
        make_noise();
    } else {
        frame = pictures[(frame_number - 1) % picture_count].bytes;
        frame_length = pictures[(frame_number - 1) % picture_count].length;
    }
    if (frame_number == faults.cut) frame_length /= 2;
    frame_position = 0;
}

uint32_t next_payload(uint8_t *payload, uint32_t room) {
    if (!frame) {
        if (faults.silence > 0 && frame_number >= faults.silence) return 0;
        double time = now();
        if (time < next_time) return 0;
        Mode mode = committed_mode();
        make_frame(mode);
        next_time = (next_time == 0 ? time : next_time) + mode.interval / 1e7;
        if (next_time < time) next_time = time;
    }
    // A header of two bytes tells whose turn it is, and the end of a frame.
    uint32_t count = frame_length - frame_position;
    if (count > room - 2) count = room - 2;
    int is_last = frame_position + count == frame_length;
    payload[0] = 2;
    payload[1] = 0x80 | parity | is_last << 1;
    memcpy(payload + 2, frame + frame_position, count);
    frame_position += count;
    if (is_last) {
        frame = NULL;
        parity ^= 1;
    }
    return count + 2;
}

int frames_sent(void) { return frame ? frame_number - 1 : frame_number; }

void stop_stream(void) {
    frame = NULL;
    frame_number = 0;
    next_time = 0;
}
