/* device-access.c: reads and writes that a person or a script asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"
#include "device/device.h"
#include "device/block-job.h"
#include "device/read-job.h"
#include "device/write-job.h"

/* What a task brings home besides its bytes. */
typedef struct
{
  SondeVariable *variable;
  gint64 time_us;
  gboolean is_atomic;
} Extra;

static void
extra_free (gpointer data)
{
  Extra *self = data;

  sonde_variable_unref (self->variable);
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

/* Reading */

static void
on_read (const SondeReadResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Extra *extra = g_task_get_task_data (task);

  extra->time_us = result->time_us;
  if (result->bytes == NULL)
    return_error (task, code_of (result->outcome), result->error);
  else
    g_task_return_pointer (task, g_bytes_new (result->bytes, result->size),
                           (GDestroyNotify) g_bytes_unref);
}

void
sonde_device_read_async (SondeDevice *self, SondeVariable *variable, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = new_task (self, variable, cancellable, callback, user_data);
  SondeSession *session = sonde_device_get_session (self);
  SondeDeviceError code;
  const char *why = why_not_reachable (self, variable, &code);

  if (why != NULL)
    return_error (task, code, why);
  else
    sonde_read_job_start (sonde_session_get_scheduler (session), sonde_session_get_clock (session),
                          sonde_link_get_limits (sonde_session_get_link (session)), variable,
                          on_read, g_steal_pointer (&task));
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
log_write (GTask *task, const SondeWriteResult *result)
{
  Extra *extra = g_task_get_task_data (task);
  SondeDevice *device = g_task_get_source_object (task);

  sonde_log_printf (result->error == NULL ? SONDE_LOG_INFO : SONDE_LOG_WARNING,
                    sonde_device_get_name (device), "write", "%s: %s",
                    sonde_variable_get_path (extra->variable),
                    result->error == NULL ? "written and read back" : result->error);
}

static void
on_written (const SondeWriteResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Extra *extra = g_task_get_task_data (task);

  extra->is_atomic = result->is_atomic;
  log_write (task, result);
  if (result->end == SONDE_WRITE_DONE)
    g_task_return_pointer (task, g_bytes_new (result->bytes, result->size),
                           (GDestroyNotify) g_bytes_unref);
  else if (result->end == SONDE_WRITE_DIFFERS)
    return_error (task, SONDE_DEVICE_ERROR_DIFFERS, result->error);
  else
    return_error (task, code_of (result->outcome), result->error);
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
  SondeSession *session = sonde_device_get_session (self);
  SondeDeviceError code;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const char *why = why_not_writable (self, variable, size, &code);

  if (why != NULL)
    return_error (task, code, why);
  else
    sonde_write_job_start (sonde_session_get_scheduler (session), sonde_session_get_clock (session),
                           sonde_link_get_limits (sonde_session_get_link (session)), variable, data,
                           on_written, g_steal_pointer (&task));
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
