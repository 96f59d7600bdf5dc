// What a webcam tells about itself: the descriptors of USB and of its class of video devices, 1.0.

#include "camera.h"

#include <stdlib.h>
#include <string.h>

const Size sizes[SIZES] = {{640, 480}, {320, 240}};
const uint32_t intervals[INTERVALS] = {333333, 666666};

static uint8_t configuration[1024];
static int configuration_length;

static void put(uint8_t *target, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; i++) target[i] = value >> (8 * i);
}

#define WORD(value) (value) & 255, (value) >> 8 & 255
#define LONG(value) WORD(value), (value) >> 16 & 255, (value) >> 24 & 255

// Adds a descriptor, behind a byte that tells its length.
static void add(const uint8_t *bytes, int count) {
    uint8_t *end = configuration + configuration_length;
    *end = count + 1;
    memcpy(end + 1, bytes, count);
    configuration_length += count + 1;
}
#define ADD(...) add((uint8_t[]){__VA_ARGS__}, sizeof(uint8_t[]){__VA_ARGS__})

static void add_sizes(int subtype) {
    for (int i = 0; i < SIZES; i++) {
        uint32_t bytes = sizes[i].width * sizes[i].height * 2;
        ADD(0x24, subtype, i + 1, 0, WORD(sizes[i].width), WORD(sizes[i].height),
            LONG(bytes * 8 * 15), LONG(bytes * 8 * 30), LONG(bytes), LONG(intervals[0]), INTERVALS,
            LONG(intervals[0]), LONG(intervals[1]));
    }
    ADD(0x24, 13, 1, 1, 4);  // colors: BT.709 primaries and transfer, BT.601 matrix
}

void describe_camera(void) {
    ADD(2, WORD(0), 2, 1, 0, 0x80, 250);                         // two interfaces
    ADD(11, 0, 2, 14, 3, 0, 0);                                  // that belong together
    ADD(4, 0, 0, 0, 14, 1, 0, 0);                                // the control of video
    ADD(0x24, 1, WORD(0x100), WORD(13 + 17 + 9), LONG(48000000), 1, 1);
    ADD(0x24, 2, 1, WORD(0x201), 0, 0, WORD(0), WORD(0), WORD(0), 2, WORD(0));  // a sensor
    ADD(0x24, 3, 2, WORD(0x101), 0, 1, 0);                       // and where its pictures go
    ADD(4, 1, 0, 1, 14, 2, 0, 0);                                // the stream
    int stream = configuration_length;
    ADD(0x24, 1, 2, WORD(0), 0x81, 0, 2, 0, 0, 0, 1, 0, 0);
    ADD(0x24, 6, MJPEG, SIZES, 1, 1, 0, 0, 0, 0);
    add_sizes(7);
    ADD(0x24, 4, YUYV, SIZES, 'Y', 'U', 'Y', '2', 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B,
        0x71, 16, 1, 0, 0, 0, 0);
    add_sizes(5);
    put(configuration + stream + 4, configuration_length - stream, 2);
    ADD(5, 0x81, 2, WORD(512), 0);                               // a pipe for bulk data
    put(configuration + 2, configuration_length, 2);
}

static int copy(uint8_t *target, const void *bytes, int count) {
    memcpy(target, bytes, count);
    return count;
}

static int answer_descriptor(int type, int index, uint8_t *data) {
    static const uint8_t device[] = {
        18, 1, WORD(0x200), 0xEF, 2, 1, 64, WORD(0x1D6B), WORD(0x102), WORD(0x100), 1, 2, 3, 1};
    static const char *texts[] = {"", "Valence", "Emulated webcam", "0001"};
    static const uint8_t english[] = {4, 3, WORD(0x409)};
    if (type == 1) return copy(data, device, sizeof device);
    if (type == 2) return copy(data, configuration, configuration_length);
    if (type != 3 || index > 3) return -1;
    if (index == 0) return copy(data, english, sizeof english);
    int length = strlen(texts[index]);
    data[0] = 2 + 2 * length;
    data[1] = 3;
    for (int i = 0; i < length; i++) put(data + 2 + 2 * i, texts[index][i], 2);
    return data[0];
}

// The host proposes a mode in 26 bytes, reads what the camera makes of it, and commits it.
enum { MODE_LENGTH = 26 };
static uint8_t proposed[MODE_LENGTH], committed[MODE_LENGTH];

static uint32_t interval_of(const uint8_t *mode) {
    return mode[4] | mode[5] << 8 | mode[6] << 16 | (uint32_t)mode[7] << 24;
}

static void adjust(uint8_t *mode) {
    if (mode[2] != YUYV) mode[2] = MJPEG;
    if (mode[3] < 1 || mode[3] > SIZES) mode[3] = 1;
    put(mode + 4, interval_of(mode) > intervals[0] ? intervals[1] : intervals[0], 4);
    Size size = sizes[mode[3] - 1];
    put(mode + 18, size.width * size.height * 2, 4);
    put(mode + 22, PAYLOAD, 4);
}

static int answer_mode(int request, uint8_t *mode, uint8_t *data) {
    enum { SET = 1, GET = 0x81, SMALLEST, LARGEST, LENGTH = 0x85, ABILITIES, DEFAULT };
    switch (request) {
        case SET:
            memcpy(mode, data, MODE_LENGTH);
            adjust(mode);
            return 0;
        case LENGTH: put(data, MODE_LENGTH, 2); return 2;
        case ABILITIES: data[0] = 3; return 1;
        case GET: return copy(data, mode, MODE_LENGTH);
        case SMALLEST: case LARGEST: case DEFAULT:
            copy(data, mode, MODE_LENGTH);
            adjust(data);
            put(data + 4, intervals[request == LARGEST], 4);
            return MODE_LENGTH;
        default: return -1;
    }
}

int answer_setup(const uint8_t setup[8], uint8_t *data) {
    int type = setup[0], request = setup[1], value = setup[3], index = setup[2];
    int is_input = type >> 7, kind = type >> 5 & 3;
    if (type == 0x80 && request == 6) return answer_descriptor(value, index, data);
    if (kind == 0 && is_input) return copy(data, "\0\0", request == 0 ? 2 : 1);
    if (kind == 0) return 0;
    if (kind != 1 || setup[4] != 1) return -1;  // only the stream has settings
    return value == 1   ? answer_mode(request, proposed, data)
           : value == 2 ? answer_mode(request, committed, data)
                        : -1;
}

Mode committed_mode(void) {
    adjust(committed);
    return (Mode){committed[2], committed[3] - 1, interval_of(committed)};
}
