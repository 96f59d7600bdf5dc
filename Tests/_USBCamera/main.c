// A webcam in software, for the kernel's own driver of webcams, uvcvideo: it plugs itself into the
// kernel's virtual USB host, vhci-hcd, and plays JPEG pictures.
//
//   _USBCamera [OPTION...] [PICTURE.jpg...]     without pictures, the frames of JPEG are noise
//
//   -c N   cuts the Nth frame short              -u N   pulls the plug after N frames
//   -n N   fills the Nth frame with noise        -r MS  plugs in again, so long after that
//   -s N   falls silent after N frames
//
// Frames are counted from 1 on, anew with each stream. The program ends when it is unplugged for
// good. It needs root, and the modules vhci-hcd and uvcvideo.

#include "camera.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HOST "/sys/devices/platform/vhci_hcd.0/"

// What the host and a device say to each other, USB/IP: numbers in network order.
enum { SUBMIT = 1, UNLINK = 2, SUBMITTED = 3, UNLINKED = 4 };

typedef struct {
    uint32_t command, sequence, device, direction, endpoint;
    uint32_t flags, length, start, packets, interval;  // of UNLINK, the first is what to forget
    uint8_t setup[8];
} Request;

typedef struct {
    uint32_t command, sequence, device, direction, endpoint;
    uint32_t status, length, start, packets, errors;
    uint8_t padding[8];
} Reply;

static int host;

// The host's requests for data of the stream that wait for it.
static struct { uint32_t sequence, length; } waiting[64];
static int waiting_count;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void transfer(ssize_t (*call)(int, void *, size_t), void *bytes, size_t count) {
    for (uint8_t *position = bytes; count > 0;) {
        ssize_t done = call(host, position, count);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) exit(0);  // the host is gone
        position += done;
        count -= done;
    }
}

static ssize_t write_bytes(int file, void *bytes, size_t count) { return write(file, bytes, count); }

static void reply(
    uint32_t command, uint32_t sequence, int status, uint32_t length, uint8_t *data, size_t count
) {
    Reply reply = {
        .command = htonl(command), .sequence = htonl(sequence), .status = htonl(status),
        .length = htonl(length)};
    transfer(write_bytes, &reply, sizeof reply);
    transfer(write_bytes, data, count);
}

static void answer_control(const Request *request, uint8_t *data) {
    int is_input = request->setup[0] >> 7;
    int length = request->setup[6] | request->setup[7] << 8;
    int count = answer_setup(request->setup, data);
    if (count > length) count = length;
    reply(
        SUBMITTED, ntohl(request->sequence), count < 0 ? -EPIPE : 0,
        count < 0 ? 0 : is_input ? count : length, data, is_input && count > 0 ? count : 0);
}

static void forget(uint32_t sequence, uint32_t victim) {
    int status = 0;
    for (int i = 0; i < waiting_count; i++) {
        if (waiting[i].sequence != victim) continue;
        memmove(waiting + i, waiting + i + 1, (--waiting_count - i) * sizeof *waiting);
        status = -ECONNRESET;
        break;
    }
    reply(UNLINKED, sequence, status, 0, NULL, 0);
    if (waiting_count == 0) stop_stream();
}

static void read_request(void) {
    static uint8_t data[4096];
    Request request;
    transfer(read, &request, sizeof request);
    uint32_t sequence = ntohl(request.sequence), length = ntohl(request.length);
    if (ntohl(request.command) == UNLINK) {
        forget(sequence, ntohl(request.flags));
        return;
    }
    if (ntohl(request.direction) == 0) {
        if (length > sizeof data) exit(1);
        transfer(read, data, length);
    }
    if (request.endpoint == 0) {
        answer_control(&request, data);
    } else if (waiting_count < 64) {
        waiting[waiting_count].sequence = sequence;
        waiting[waiting_count++].length = length;
    }
}

static void send_stream(void) {
    static uint8_t payload[PAYLOAD];
    while (waiting_count > 0) {
        uint32_t room = waiting[0].length < PAYLOAD ? waiting[0].length : PAYLOAD;
        uint32_t count = next_payload(payload, room);
        if (count == 0) return;
        reply(SUBMITTED, waiting[0].sequence, 0, count, payload, count);
        memmove(waiting, waiting + 1, --waiting_count * sizeof *waiting);
    }
}

// The first free port for fast devices: the host lists hub, port and state, 4 is free.
static int free_port(void) {
    FILE *file = fopen(HOST "status", "r");
    if (!file) fail(HOST "status");
    char line[256], hub[16];
    int port, state, found = -1;
    while (found < 0 && fgets(line, sizeof line, file))
        if (sscanf(line, "%15s %d %d", hub, &port, &state) == 3 && !strcmp(hub, "hs") && state == 4)
            found = port;
    fclose(file);
    if (found < 0) {
        fputs("no free port\n", stderr);
        exit(1);
    }
    return found;
}

static void plug(void) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends)) fail("socketpair");
    FILE *file = fopen(HOST "attach", "w");
    if (!file) fail(HOST "attach");
    // Port, socket, number of the device, and speed: 3 is that of USB 2.
    fprintf(file, "%d %d %d 3", free_port(), ends[1], 1 << 16 | 2);
    if (fclose(file)) fail(HOST "attach");
    close(ends[1]);
    host = ends[0];
    waiting_count = 0;
}

static void unplug(void) {
    shutdown(host, SHUT_RDWR);
    close(host);
    stop_stream();
}

int main(int count, char **arguments) {
    signal(SIGPIPE, SIG_IGN);
    int unplug_after = 0, replug_after = -1;
    for (int option; (option = getopt(count, arguments, "c:n:s:u:r:")) != -1;) switch (option) {
        case 'c': faults.cut = atoi(optarg); break;
        case 'n': faults.noise = atoi(optarg); break;
        case 's': faults.silence = atoi(optarg); break;
        case 'u': unplug_after = atoi(optarg); break;
        case 'r': replug_after = atoi(optarg); break;
        default: return 64;
    }
    for (int i = optind; i < count; i++)
        if (add_picture(arguments[i])) fail(arguments[i]);
    describe_camera();
    for (plug();;) {
        struct pollfd entry = {.fd = host, .events = POLLIN};
        if (poll(&entry, 1, 5) > 0) read_request();
        send_stream();
        if (unplug_after == 0 || frames_sent() < unplug_after) continue;
        unplug();
        if (replug_after < 0) return 0;
        usleep(replug_after * 1000);
        unplug_after = 0;
        plug();
    }
}
