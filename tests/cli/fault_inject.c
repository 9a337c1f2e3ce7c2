// LD_PRELOAD shim that makes one kind of system call fail: the disk that fills up, the folder that
// may not be written (root may write everywhere, so that permissions cannot be tested as root).
//
//   SVI_FAULT_CALL   open, read, write, fsync, rename
//   SVI_FAULT_PATH   part of the path of the file concerned
//   SVI_FAULT_ERRNO  number of the error
//   SVI_FAULT_AFTER  how many such calls succeed first (default 0)
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int fails(const char* call, const char* path) {
  static int seen = 0;
  const char* wanted = getenv("SVI_FAULT_CALL");
  const char* part = getenv("SVI_FAULT_PATH");
  const char* number = getenv("SVI_FAULT_ERRNO");
  const char* after = getenv("SVI_FAULT_AFTER");
  if (wanted == NULL || part == NULL || number == NULL || path == NULL) return 0;
  if (strcmp(wanted, call) != 0 || strstr(path, part) == NULL) return 0;
  if (__sync_fetch_and_add(&seen, 1) < (after == NULL ? 0 : atoi(after))) return 0;
  errno = atoi(number);
  return 1;
}

static int fails_fd(const char* call, int fd) {
  char link[64];
  char path[4096];
  snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
  const ssize_t length = readlink(link, path, sizeof(path) - 1);
  if (length < 0) return 0;
  path[length] = '\0';
  return fails(call, path);
}

// The function that this one stands before.
#define NEXT(name) __typeof__(&name) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static mode_t mode_of(int flags, va_list arguments) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? (mode_t)va_arg(arguments, int) : 0;
}

#define DEFINE_OPEN(name)                          \
  int name(const char* path, int flags, ...) {     \
    va_list arguments;                             \
    va_start(arguments, flags);                    \
    const mode_t mode = mode_of(flags, arguments); \
    va_end(arguments);                             \
    if (fails("open", path)) return -1;            \
    NEXT(name);                                    \
    return next(path, flags, mode);                \
  }
DEFINE_OPEN(open)
DEFINE_OPEN(open64)

#define DEFINE_OPENAT(name)                                \
  int name(int folder, const char* path, int flags, ...) { \
    va_list arguments;                                     \
    va_start(arguments, flags);                            \
    const mode_t mode = mode_of(flags, arguments);         \
    va_end(arguments);                                     \
    if (fails("open", path)) return -1;                    \
    NEXT(name);                                            \
    return next(folder, path, flags, mode);                \
  }
DEFINE_OPENAT(openat)
DEFINE_OPENAT(openat64)

#define DEFINE_FOPEN(name)                         \
  FILE* name(const char* path, const char* mode) { \
    if (fails("open", path)) return NULL;          \
    NEXT(name);                                    \
    return next(path, mode);                       \
  }
DEFINE_FOPEN(fopen)
DEFINE_FOPEN(fopen64)

int mkdir(const char* path, mode_t mode) {
  if (fails("open", path)) return -1;
  NEXT(mkdir);
  return next(path, mode);
}

ssize_t read(int fd, void* data, size_t size) {
  if (fails_fd("read", fd)) return -1;
  NEXT(read);
  return next(fd, data, size);
}

ssize_t write(int fd, const void* data, size_t size) {
  if (fails_fd("write", fd)) return -1;
  NEXT(write);
  return next(fd, data, size);
}

ssize_t writev(int fd, const struct iovec* parts, int count) {
  if (fails_fd("write", fd)) return -1;
  NEXT(writev);
  return next(fd, parts, count);
}

#define DEFINE_PWRITE(name, offset_type)                                \
  ssize_t name(int fd, const void* data, size_t size, offset_type at) { \
    if (fails_fd("write", fd)) return -1;                               \
    NEXT(name);                                                         \
    return next(fd, data, size, at);                                    \
  }
DEFINE_PWRITE(pwrite, off_t)
DEFINE_PWRITE(pwrite64, off64_t)

size_t fwrite(const void* data, size_t size, size_t count, FILE* file) {
  if (fails_fd("write", fileno(file))) return 0;
  NEXT(fwrite);
  return next(data, size, count, file);
}

int fsync(int fd) {
  if (fails_fd("fsync", fd)) return -1;
  NEXT(fsync);
  return next(fd);
}

int fdatasync(int fd) {
  if (fails_fd("fsync", fd)) return -1;
  NEXT(fdatasync);
  return next(fd);
}

int rename(const char* from, const char* to) {
  if (fails("rename", to)) return -1;
  NEXT(rename);
  return next(from, to);
}
