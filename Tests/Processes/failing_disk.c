/* Preloaded into a station: makes the n-th write, sync or truncation of its journals fail, once. As errno says, so that neither a
   dying disk nor a full one needs a real one. Tells in a file which call it was.

   HOTLINE_FAIL_AT    n, from 1; 0 counts alone
   HOTLINE_FAIL_WITH  errno
   HOTLINE_FAIL_TELL  a file: how many calls there were so far, then the one that failed */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long calls;

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fdatasync)(int);
static int (*real_fsync)(int);
static int (*real_ftruncate)(int, off_t);

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void tell(const char *call, const char *path) {
    const char *file = getenv("HOTLINE_FAIL_TELL");
    if (!file) return;
    char line[512];
    int length = snprintf(line, sizeof line, "%ld %s %s\n", calls, call, path);
    int fd = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return;
    if (!real_pwrite) real_pwrite = real("pwrite64");
    if (real_pwrite(fd, line, (size_t)length, 0) == length && !real_ftruncate) real_ftruncate = real("ftruncate64");
    if (real_ftruncate) real_ftruncate(fd, length);
    close(fd);
}

/* 1 where this call is to fail; errno is set. */
static int fails(int fd, const char *call) {
    char link[64], path[512];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (!strstr(path, ".sqlite")) return 0;
    const char *at = getenv("HOTLINE_FAIL_AT"), *with = getenv("HOTLINE_FAIL_WITH");
    pthread_mutex_lock(&lock);
    calls++;
    int now = at && calls == atol(at), counts = !at || atol(at) == 0;
    if (now || counts) tell(counts ? "counted" : call, path);
    pthread_mutex_unlock(&lock);
    if (now) errno = with ? atoi(with) : EIO;
    return now;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) {
    if (!real_pwrite) real_pwrite = real("pwrite64");
    return fails(fd, "pwrite") ? -1 : real_pwrite(fd, bytes, count, offset);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }

int fdatasync(int fd) {
    if (!real_fdatasync) real_fdatasync = real("fdatasync");
    return fails(fd, "fdatasync") ? -1 : real_fdatasync(fd);
}

int fsync(int fd) {
    if (!real_fsync) real_fsync = real("fsync");
    return fails(fd, "fsync") ? -1 : real_fsync(fd);
}

int ftruncate64(int fd, off_t length) {
    if (!real_ftruncate) real_ftruncate = real("ftruncate64");
    return fails(fd, "ftruncate") ? -1 : real_ftruncate(fd, length);
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
