/* Makes the n-th call of one kind fail, for make faults.

   LD_PRELOAD=failing.so FAIL_CALL=write FAIL_AT=3 FAIL_ERRNO=28 FAIL_MARK=FILE command

   FAIL_MARK is made when the call fails, so that the harness knows that there was one. Writes to
   standard error are left alone: nobody could tell of their failure. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;
static long at = -1;
static int number;
static const char *call, *mark;

static void settings(void) {
  if (at >= 0) return;
  const char *place = getenv("FAIL_AT"), *error = getenv("FAIL_ERRNO");
  call = getenv("FAIL_CALL");
  mark = getenv("FAIL_MARK");
  number = error ? atoi(error) : EIO;
  at = place ? atol(place) : 0;
}

static int fails(const char *name) {
  settings();
  if (!call || strcmp(call, name) != 0) return 0;
  if (atomic_fetch_add(&calls, 1) + 1 != at) return 0;
  if (mark) {
    long file = syscall(SYS_openat, AT_FDCWD, mark, O_CREAT | O_WRONLY, 0644);
    if (file >= 0) syscall(SYS_close, file);
  }
  errno = number;
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *bytes, size_t count) {
  if (file != 2 && fails("write")) return -1;
  return REAL(write)(file, bytes, count);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) {
  if (fails("write")) return -1;
  return REAL(pwrite)(file, bytes, count, place);
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place) {
  if (fails("write")) return -1;
  return REAL(pwrite64)(file, bytes, count, place);
}
ssize_t writev(int file, const struct iovec *parts, int count) {
  if (file != 2 && fails("write")) return -1;
  return REAL(writev)(file, parts, count);
}
ssize_t read(int file, void *bytes, size_t count) {
  if (fails("read")) return -1;
  return REAL(read)(file, bytes, count);
}
ssize_t pread(int file, void *bytes, size_t count, off_t place) {
  if (fails("read")) return -1;
  return REAL(pread)(file, bytes, count, place);
}
ssize_t pread64(int file, void *bytes, size_t count, off64_t place) {
  if (fails("read")) return -1;
  return REAL(pread64)(file, bytes, count, place);
}
int fsync(int file) {
  if (fails("fsync")) return -1;
  return REAL(fsync)(file);
}
int fdatasync(int file) {
  if (fails("fsync")) return -1;
  return REAL(fdatasync)(file);
}
int rename(const char *from, const char *to) {
  if (fails("rename")) return -1;
  return REAL(rename)(from, to);
}
int renameat(int one, const char *from, int other, const char *to) {
  if (fails("rename")) return -1;
  return REAL(renameat)(one, from, other, to);
}
int renameat2(int one, const char *from, int other, const char *to, unsigned flags) {
  if (fails("rename")) return -1;
  return REAL(renameat2)(one, from, other, to, flags);
}

/* The mode stands behind the flags only where a file may be made. */
#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | __O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  }

int open(const char *path, int flags, ...) {
  MODE(flags)
  if (fails("open")) return -1;
  return REAL(open)(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  MODE(flags)
  if (fails("open")) return -1;
  return REAL(open64)(path, flags, mode);
}
int openat(int folder, const char *path, int flags, ...) {
  MODE(flags)
  if (fails("open")) return -1;
  return REAL(openat)(folder, path, flags, mode);
}
FILE *fopen(const char *path, const char *mode) {
  if (fails("open")) return NULL;
  return REAL(fopen)(path, mode);
}
FILE *fopen64(const char *path, const char *mode) {
  if (fails("open")) return NULL;
  return REAL(fopen64)(path, mode);
}
size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file) {
  if (file != stderr && fails("write")) return 0;
  return REAL(fwrite)(bytes, size, count, file);
}
int fflush(FILE *file) {
  if (file != stderr && fails("write")) return EOF;
  return REAL(fflush)(file);
}
