/* reader-jail.c: what sonde-symbols gives up before it looks into a file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define G_LOG_DOMAIN "sonde-symbols"

#include "symbols/reader-jail.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "symbols/reader-limits.h"

/* A sanitizer needs address space, time and system calls of its own. */
#ifdef SONDE_SANITIZE
#define IS_SANITIZED 1
#else
#define IS_SANITIZED 0
#endif

static void
limit (int resource, guint64 soft, guint64 hard)
{
  const struct rlimit value = { (rlim_t) soft, (rlim_t) hard };

  setrlimit (resource, &value);
}

void
sonde_reader_jail_limit (guint64 file_size)
{
  const SondeReaderLimits limits = sonde_reader_limits_get (file_size);

  limit (RLIMIT_CORE, 0, 0);
  limit (RLIMIT_FSIZE, limits.output, limits.output);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (IS_SANITIZED)
    return;
  limit (RLIMIT_AS, limits.address_space, limits.address_space);
  limit (RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1);
  limit (RLIMIT_NOFILE, 0, 0);
  limit (RLIMIT_NPROC, 0, 0);
}

#if HAVE_SECCOMP && !IS_SANITIZED
#include <seccomp.h>

/* Memory, time, and the way out. */
static const int harmless[] = {
  SCMP_SYS (read),          SCMP_SYS (pread64),
  SCMP_SYS (lseek),         SCMP_SYS (_llseek),
  SCMP_SYS (close),         SCMP_SYS (fstat),
  SCMP_SYS (fstat64),       SCMP_SYS (brk),
  SCMP_SYS (munmap),        SCMP_SYS (mremap),
  SCMP_SYS (madvise),       SCMP_SYS (futex),
  SCMP_SYS (sched_yield),   SCMP_SYS (sched_getaffinity),
  SCMP_SYS (sysinfo),       SCMP_SYS (getrandom),
  SCMP_SYS (getpid),        SCMP_SYS (gettid),
  SCMP_SYS (clock_gettime), SCMP_SYS (clock_gettime64),
  SCMP_SYS (gettimeofday),  SCMP_SYS (time),
  SCMP_SYS (rt_sigaction),  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigreturn),  SCMP_SYS (sigreturn),
  SCMP_SYS (sigaltstack),   SCMP_SYS (restart_syscall),
  SCMP_SYS (exit),          SCMP_SYS (exit_group),
};

/* Libraries ask these of what they print to, and go on without an answer. */
static const int unanswered[] = {
  SCMP_SYS (ioctl),
  SCMP_SYS (getpeername),
  SCMP_SYS (fcntl),
  SCMP_SYS (fcntl64),
};

/* Fresh memory never holds code, so that what a file puts into it is never run. */
static int
allow_memory (scmp_filter_ctx filter, int call)
{
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, call, 1,
                           SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}

static int
allow_argument (scmp_filter_ctx filter, int call, guint number, scmp_datum_t value)
{
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, call, 1,
                           SCMP_CMP (number, SCMP_CMP_EQ, value, 0));
}

static int
add_rules (scmp_filter_ctx filter, const int *writable, guint n_writable)
{
  int failure = seccomp_attr_set (filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);

  for (guint i = 0; i < G_N_ELEMENTS (harmless) && failure == 0; i++)
    failure = seccomp_rule_add (filter, SCMP_ACT_ALLOW, harmless[i], 0);
  for (guint i = 0; i < G_N_ELEMENTS (unanswered) && failure == 0; i++)
    failure = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOTTY), unanswered[i], 0);
  for (guint i = 0; i < n_writable && failure == 0; i++)
    failure = allow_argument (filter, SCMP_SYS (write), 0, (scmp_datum_t) writable[i]);
  if (failure == 0)
    failure = allow_memory (filter, SCMP_SYS (mmap));
  if (failure == 0)
    failure = allow_memory (filter, SCMP_SYS (mmap2));
  if (failure == 0)
    failure = allow_memory (filter, SCMP_SYS (mprotect));
  /* How newer C libraries spell fstat(). */
  if (failure == 0)
    failure = allow_argument (filter, SCMP_SYS (newfstatat), 3, AT_EMPTY_PATH);
  if (failure == 0)
    failure = allow_argument (filter, SCMP_SYS (statx), 2, AT_EMPTY_PATH);
  /* abort() is a signal to oneself. */
  if (failure == 0)
    failure = allow_argument (filter, SCMP_SYS (tgkill), 0, (scmp_datum_t) getpid ());
  return failure;
}

gboolean
sonde_reader_jail_lock (const int *writable, guint n_writable)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_KILL_PROCESS);
  int failure = filter == NULL ? -ENOMEM : add_rules (filter, writable, n_writable);

  if (failure == 0)
    failure = seccomp_load (filter);
  if (filter != NULL)
    seccomp_release (filter);
  if (failure != 0)
    g_debug ("no system-call filter here: %s", g_strerror (-failure));
  return failure == 0;
}
#else
gboolean
sonde_reader_jail_lock (const int *writable, guint n_writable)
{
  g_debug ("no system-call filter in this build");
  return FALSE;
}
#endif
