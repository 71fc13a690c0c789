// SPDX-License-Identifier: Apache-2.0
//
// stdout and stderr.
#include "stream.h"

#include <string.h>

#include "wait.h"

static struct rt_file out = {.fd = 1, .keeps = true};
static struct rt_file err = {.fd = 2};
FILE* const stdout = &out;
FILE* const stderr = &err;

static void flush(FILE* file) {
  for (size_t done = 0; done < file->used;) {
    const struct wasi_ciovec rest = {file->buffer + done, file->used - done};
    size_t written = 0;
    const int error = wasi_fd_write(file->fd, &rest, 1, &written);
    if (error != 0) {  // nobody to tell but the caller of fflush; what is left is lost
      errno = error;
      file->failed = true;
      break;
    }
    done += written;
  }
  file->used = 0;
}

void rt_put(FILE* file, const char* bytes, size_t count) {
  while (count > 0) {
    if (file->used == kStreamBuffer) flush(file);
    const size_t room = kStreamBuffer - file->used, part = count < room ? count : room;
    memcpy(file->buffer + file->used, bytes, part);
    file->used += part;
    bytes += part;
    count -= part;
  }
}

void rt_begin(FILE* file) { rt_lock(&file->lock); }

int rt_end(FILE* file, int result) {
  if (!file->keeps) flush(file);
  const bool failed = file->failed;
  rt_unlock(&file->lock);
  return failed ? EOF : result;
}

size_t fwrite(const void* restrict bytes, size_t size, size_t count, FILE* restrict file) {
  rt_begin(file);
  rt_put(file, bytes, size * count);
  return rt_end(file, 0) == 0 ? count : 0;
}

int fputs(const char* restrict text, FILE* restrict file) {
  rt_begin(file);
  rt_put(file, text, strlen(text));
  return rt_end(file, 0);
}

int fputc(int character, FILE* file) {
  const char byte = (char)character;
  rt_begin(file);
  rt_put(file, &byte, 1);
  return rt_end(file, (unsigned char)byte);
}

int putchar(int character) { return fputc(character, stdout); }

int puts(const char* text) {
  rt_begin(stdout);
  rt_put(stdout, text, strlen(text));
  rt_put(stdout, "\n", 1);
  return rt_end(stdout, 0);
}

int fflush(FILE* file) {
  if (file == NULL) return fflush(stdout) | fflush(stderr);
  rt_begin(file);
  flush(file);
  return rt_end(file, 0);
}
