/* device-access.c: reads and writes that a person or a script asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"
#include "device/device.h"
#include "device/block-job.h"
#include "device/follow-job.h"
#include "device/read-job.h"
#include "device/write-job.h"

/* A pointer that changed so often while its target was read is no longer run after. */
#define MAX_TRIES 5

/* What a task needs and brings home besides its bytes. */
typedef struct
{
  SondeVariable *variable;
  SondeVariable *target; /* where the pointers led; NULL: not followed, or there are none */
  char *leader;          /* "p points to 0x20000100" */
  guint n_tries;
  GBytes *bytes; /* to write, or read and to be confirmed */
  gint64 time_us;
  gboolean is_atomic;
} Extra;

static void
extra_free (gpointer data)
{
  Extra *self = data;

  sonde_variable_unref (self->variable);
  sonde_variable_unref (self->target);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->leader);
  g_free (self);
}

static GTask *
new_task (SondeDevice *self, SondeVariable *variable, GCancellable *cancellable,
          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Extra *extra = g_new0 (Extra, 1);

  extra->variable = sonde_variable_ref (variable);
  extra->is_atomic = TRUE;
  g_task_set_task_data (task, extra, extra_free);
  return task;
}

static SondeDeviceError
code_of (SondeOutcome outcome)
{
  if (outcome == SONDE_OUTCOME_TIMEOUT)
    return SONDE_DEVICE_ERROR_TIMEOUT;
  return outcome == SONDE_OUTCOME_GONE ? SONDE_DEVICE_ERROR_GONE : SONDE_DEVICE_ERROR_REFUSED;
}

static void
return_error (GTask *task, SondeDeviceError code, const char *error)
{
  Extra *extra = g_task_get_task_data (task);

  g_task_return_new_error (task, SONDE_DEVICE_ERROR, (gint) code, "%s: %s",
                           sonde_variable_get_path (extra->variable), error);
}

/* Returns: why no command can be sent, or NULL. */
static const char *
why_not_connected (SondeDevice *self)
{
  SondeDeviceState state = sonde_session_get_state (sonde_device_get_session (self));

  if (state == SONDE_DEVICE_STREAM)
    return "the board answers no commands, it only sends";
  if (state != SONDE_DEVICE_READY)
    return sonde_device_has_link (self) ? "the board does not answer" : "no connection";
  return NULL;
}

/* Returns: what stands against any access, or NULL. */
static const char *
why_not_reachable (SondeDevice *self, SondeVariable *variable, SondeDeviceError *code)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  const char *why = why_not_connected (self);

  *code = SONDE_DEVICE_ERROR_GONE;
  if (why != NULL)
    return why;
  *code = SONDE_DEVICE_ERROR_READ_ONLY;
  if (info->why != NULL)
    return info->why;
  return sonde_variable_get_size (variable) == 0 ? "it has no size" : NULL;
}

/* Pointers */

static gboolean
has_pointer (const Extra *extra)
{
  return sonde_variable_get_info (extra->variable)->pointer != NULL;
}

/* Returns: the limits of the link, or NULL when there is none: the task got its error. */
static const SondeLimits *
find_limits (GTask *task)
{
  SondeDevice *device = g_task_get_source_object (task);
  const char *why = why_not_connected (device);

  if (why != NULL)
    {
      return_error (task, SONDE_DEVICE_ERROR_GONE, why);
      return NULL;
    }
  return sonde_link_get_limits (sonde_session_get_link (sonde_device_get_session (device)));
}

/* @task: (transfer full) */
static void
follow (GTask *task, SondeFollowJobFunc func)
{
  g_autoptr (GTask) owned = task;
  SondeSession *session = sonde_device_get_session (g_task_get_source_object (task));
  const SondeLimits *limits = find_limits (task);
  Extra *extra = g_task_get_task_data (task);

  if (limits != NULL)
    sonde_follow_job_start (sonde_session_get_scheduler (session),
                            sonde_session_get_clock (session), limits, extra->variable, func,
                            g_steal_pointer (&owned));
}

static gboolean
leads_to_same (const Extra *extra, const SondeFollowResult *result)
{
  return extra->target != NULL && result->target != NULL
         && sonde_variable_get_address (extra->target)
                == sonde_variable_get_address (result->target);
}

/* Returns: FALSE when the pointers lead nowhere: the task got its error. */
static gboolean
take_target (GTask *task, const SondeFollowResult *result)
{
  Extra *extra = g_task_get_task_data (task);

  if (result->target == NULL)
    {
      return_error (task, code_of (result->outcome), result->error);
      return FALSE;
    }
  sonde_variable_unref (extra->target);
  g_free (extra->leader);
  extra->target = sonde_variable_ref (result->target);
  extra->leader = g_strdup (result->leader);
  return TRUE;
}

static void
return_refusal (GTask *task, SondeOutcome outcome, const char *error, const char *verb)
{
  Extra *extra = g_task_get_task_data (task);
  g_autofree char *text = NULL;

  if (extra->leader != NULL && outcome == SONDE_OUTCOME_REFUSED)
    text = g_strdup_printf ("%s: the board refuses to %s there (%s)", extra->leader, verb, error);
  return_error (task, code_of (outcome), text != NULL ? text : error);
}

/* Reading */

static void on_followed_to_read (const SondeFollowResult *result, gpointer user_data);

static void
on_read (const SondeReadResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Extra *extra = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = NULL;

  extra->time_us = result->time_us;
  if (result->bytes == NULL)
    {
      return_refusal (task, result->outcome, result->error, "read");
      return;
    }
  bytes = g_bytes_new (result->bytes, result->size);
  if (!has_pointer (extra))
    {
      g_task_return_pointer (task, g_steal_pointer (&bytes), (GDestroyNotify) g_bytes_unref);
      return;
    }
  /* Theirs only if the pointers still lead there. */
  extra->bytes = g_steal_pointer (&bytes);
  follow (g_steal_pointer (&task), on_followed_to_read);
}

/* @task: (transfer full) */
static void
start_read (GTask *task, SondeVariable *variable)
{
  g_autoptr (GTask) owned = task;
  SondeSession *session = sonde_device_get_session (g_task_get_source_object (task));
  const SondeLimits *limits = find_limits (task);

  if (limits != NULL)
    sonde_read_job_start (sonde_session_get_scheduler (session), sonde_session_get_clock (session),
                          limits, variable, on_read, g_steal_pointer (&owned));
}

static void
on_followed_to_read (const SondeFollowResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Extra *extra = g_task_get_task_data (task);

  if (extra->bytes != NULL && leads_to_same (extra, result))
    {
      g_task_return_pointer (task, g_steal_pointer (&extra->bytes), (GDestroyNotify) g_bytes_unref);
      return;
    }
  g_clear_pointer (&extra->bytes, g_bytes_unref);
  if (!take_target (task, result))
    return;
  if (++extra->n_tries > MAX_TRIES)
    return_error (task, SONDE_DEVICE_ERROR_REFUSED,
                  "a pointer to it changes faster than it can be read");
  else
    start_read (g_steal_pointer (&task), extra->target);
}

void
sonde_device_read_async (SondeDevice *self, SondeVariable *variable, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = new_task (self, variable, cancellable, callback, user_data);
  SondeDeviceError code;
  const char *why = why_not_reachable (self, variable, &code);

  if (why != NULL)
    return_error (task, code, why);
  else if (has_pointer (g_task_get_task_data (task)))
    follow (g_steal_pointer (&task), on_followed_to_read);
  else
    start_read (g_steal_pointer (&task), variable);
}

GBytes *
sonde_device_read_finish (SondeDevice *self, GAsyncResult *result, gint64 *time_us, GError **error)
{
  Extra *extra = g_task_get_task_data (G_TASK (result));

  if (time_us != NULL)
    *time_us = extra->time_us;
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Writing */

/* Every write is in the log, whoever asked for it: a write moves a motor. */
static void
log_write (GTask *task, const char *error)
{
  Extra *extra = g_task_get_task_data (task);
  SondeDevice *device = g_task_get_source_object (task);

  sonde_log_printf (error == NULL ? SONDE_LOG_INFO : SONDE_LOG_WARNING,
                    sonde_device_get_name (device), "write", "%s: %s",
                    sonde_variable_get_path (extra->variable),
                    error == NULL ? "written and read back" : error);
}

static void
finish_write (GTask *task)
{
  Extra *extra = g_task_get_task_data (task);

  log_write (task, NULL);
  g_task_return_pointer (task, g_steal_pointer (&extra->bytes), (GDestroyNotify) g_bytes_unref);
}

/* What was written is in the object that the pointers led to before: is it still theirs? */
static void
on_followed_after_write (const SondeFollowResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Extra *extra = g_task_get_task_data (task);
  g_autofree char *error = NULL;

  if (leads_to_same (extra, result))
    {
      finish_write (task);
      return;
    }
  if (result->target == NULL && result->outcome != SONDE_OUTCOME_REFUSED)
    {
      error = g_strdup_printf ("written where %s, not confirmed: %s", extra->leader, result->error);
      log_write (task, error);
      return_error (task, code_of (result->outcome), error);
      return;
    }
  error = g_strdup_printf ("written where %s, but now %s", extra->leader,
                           result->target != NULL ? result->leader : result->error);
  log_write (task, error);
  return_error (task, SONDE_DEVICE_ERROR_DIFFERS, error);
}

static void
on_written (const SondeWriteResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Extra *extra = g_task_get_task_data (task);

  extra->is_atomic = result->is_atomic;
  if (result->end != SONDE_WRITE_DONE)
    log_write (task, result->error);
  if (result->end == SONDE_WRITE_DIFFERS)
    return_error (task, SONDE_DEVICE_ERROR_DIFFERS, result->error);
  else if (result->end == SONDE_WRITE_FAILED)
    return_refusal (task, result->outcome, result->error, "write");
  if (result->end != SONDE_WRITE_DONE)
    return;
  g_bytes_unref (extra->bytes);
  extra->bytes = g_bytes_new (result->bytes, result->size);
  if (has_pointer (extra))
    follow (g_steal_pointer (&task), on_followed_after_write);
  else
    finish_write (task);
}

/* @task: (transfer full) */
static void
start_write (GTask *task, SondeVariable *variable)
{
  g_autoptr (GTask) owned = task;
  SondeSession *session = sonde_device_get_session (g_task_get_source_object (task));
  const SondeLimits *limits = find_limits (task);
  Extra *extra = g_task_get_task_data (task);

  if (limits != NULL)
    sonde_write_job_start (sonde_session_get_scheduler (session), sonde_session_get_clock (session),
                           limits, variable, g_bytes_get_data (extra->bytes, NULL), on_written,
                           g_steal_pointer (&owned));
}

static void
on_followed_to_write (const SondeFollowResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Extra *extra = g_task_get_task_data (task);
  g_autofree char *error = NULL;

  if (!take_target (task, result))
    {
      log_write (task, result->error);
      return;
    }
  if (sonde_variable_get_info (extra->target)->memory != SONDE_MEMORY_FLASH)
    {
      start_write (g_steal_pointer (&task), extra->target);
      return;
    }
  error = g_strdup_printf ("%s, which is in flash", extra->leader);
  return_error (task, SONDE_DEVICE_ERROR_READ_ONLY, error);
}

static const char *
why_not_writable (SondeDevice *self, SondeVariable *variable, gsize size, SondeDeviceError *code)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  const char *why = why_not_reachable (self, variable, code);

  if (why != NULL)
    return why;
  *code = SONDE_DEVICE_ERROR_READ_ONLY;
  if (!info->is_writable)
    return "it is read-only";
  return size != sonde_variable_get_size (variable) ? "the value has another size" : NULL;
}

void
sonde_device_write_async (SondeDevice *self, SondeVariable *variable, GBytes *bytes,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = new_task (self, variable, cancellable, callback, user_data);
  Extra *extra = g_task_get_task_data (task);
  SondeDeviceError code;
  const char *why = why_not_writable (self, variable, g_bytes_get_size (bytes), &code);

  extra->bytes = g_bytes_ref (bytes);
  if (why != NULL)
    return_error (task, code, why);
  else if (has_pointer (extra))
    follow (g_steal_pointer (&task), on_followed_to_write);
  else
    start_write (g_steal_pointer (&task), variable);
}

GBytes *
sonde_device_write_finish (SondeDevice *self, GAsyncResult *result, gboolean *is_atomic,
                           GError **error)
{
  Extra *extra = g_task_get_task_data (G_TASK (result));

  if (is_atomic != NULL)
    *is_atomic = extra->is_atomic;
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Blocks */

static void
on_block (const SondeBlockResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (result->bytes != NULL)
    g_task_return_pointer (task, g_bytes_ref (result->bytes), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_new_error (task, SONDE_DEVICE_ERROR, (gint) code_of (result->outcome),
                             "0x%08" G_GINT64_MODIFIER "x: %s", result->address, result->error);
}

void
sonde_device_read_block_async (SondeDevice *self, guint64 address, gsize size,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SondeSession *session = sonde_device_get_session (self);
  const SondeIdentity *identity = sonde_session_get_identity (session);
  SondeBlock block = { .address = address,
                       .size = size,
                       .byte_order = identity->is_big_endian ? G_BIG_ENDIAN : G_LITTLE_ENDIAN };
  const char *why = why_not_connected (self);

  if (why != NULL)
    g_task_return_new_error (task, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_GONE, "%s: %s",
                             sonde_device_get_name (self), why);
  else if (size == 0 || size > SONDE_BLOCK_MAX_SIZE)
    g_task_return_new_error (task, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_REFUSED,
                             "%s: a block of %" G_GSIZE_FORMAT " bytes is not read",
                             sonde_device_get_name (self), size);
  else
    sonde_block_job_start (sonde_session_get_scheduler (session),
                           sonde_link_get_limits (sonde_session_get_link (session)), &block,
                           cancellable, on_block, g_steal_pointer (&task));
}

GBytes *
sonde_device_read_block_finish (SondeDevice *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
