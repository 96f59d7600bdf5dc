#ifndef VALENCE_CPNG_SHIM_H
#define VALENCE_CPNG_SHIM_H

#include <png.h>
#include <setjmp.h>
#include <stddef.h>
#include <string.h>

// libpng reports errors by longjmp, which must not cross Swift frames. These functions catch it
// and return 0; everything that lives longer than a call is kept in the reader.

typedef struct {
    const unsigned char *bytes;
    size_t count;
    size_t position;
    png_structp png;
    png_infop info;
    /// Known after valence_png_open. Samples are 8-bit; there are 1 or 3 channels.
    size_t width, height, channels;
    /// The bytes of the picture before compression, to compare with `count`.
    size_t packed_bytes;
    /// What went wrong.
    char message[96];
} valence_png_reader;

static inline void valence_png_fail(png_structp png, png_const_charp message) {
    valence_png_reader *reader = (valence_png_reader *)png_get_error_ptr(png);
    strncpy(reader->message, message, sizeof reader->message - 1);
    png_longjmp(png, 1);
}

static inline void valence_png_ignore(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static inline void valence_png_copy(png_structp png, png_bytep target, size_t count) {
    valence_png_reader *reader = (valence_png_reader *)png_get_io_ptr(png);
    if (count > reader->count - reader->position) png_error(png, "the file ends too early");
    memcpy(target, reader->bytes + reader->position, count);
    reader->position += count;
}

/// Reads the header. Whatever it returns, valence_png_close must follow.
static inline int valence_png_open(
    valence_png_reader *reader, const unsigned char *bytes, size_t count, unsigned maximum_side
) {
    memset(reader, 0, sizeof *reader);
    reader->bytes = bytes;
    reader->count = count;
    reader->png = png_create_read_struct(
        PNG_LIBPNG_VER_STRING, reader, valence_png_fail, valence_png_ignore);
    if (!reader->png || setjmp(png_jmpbuf(reader->png))) return 0;
    reader->info = png_create_info_struct(reader->png);
    if (!reader->info) return 0;
    png_set_read_fn(reader->png, reader, valence_png_copy);
    png_set_user_limits(reader->png, maximum_side, maximum_side);
    // Texts, profiles and times can be large and are not needed.
    png_set_keep_unknown_chunks(reader->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(reader->png, reader->info);
    reader->packed_bytes = png_get_rowbytes(reader->png, reader->info)
        * png_get_image_height(reader->png, reader->info);
    png_set_expand(reader->png);
    png_set_scale_16(reader->png);
    png_set_strip_alpha(reader->png);
    (void)png_set_interlace_handling(reader->png);
    png_read_update_info(reader->png, reader->info);
    reader->width = png_get_image_width(reader->png, reader->info);
    reader->height = png_get_image_height(reader->png, reader->info);
    reader->channels = png_get_channels(reader->png, reader->info);
    return 1;
}

/// Reads the samples, [height, width, channels].
static inline int valence_png_read(valence_png_reader *reader, unsigned char *samples) {
    if (setjmp(png_jmpbuf(reader->png))) return 0;
    int passes = png_get_interlace_type(reader->png, reader->info) == PNG_INTERLACE_NONE ? 1 : 7;
    size_t row_bytes = png_get_rowbytes(reader->png, reader->info);
    for (int pass = 0; pass < passes; pass++)
        for (size_t row = 0; row < reader->height; row++)
            png_read_row(reader->png, samples + row * row_bytes, NULL);
    png_read_end(reader->png, NULL);
    return 1;
}

static inline void valence_png_close(valence_png_reader *reader) {
    png_destroy_read_struct(&reader->png, &reader->info, NULL);
}

#endif
