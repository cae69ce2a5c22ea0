/* write-job.c: one variable written, read back and compared */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/write-job.h"

#include <string.h>

#include "base/bytes.h"
#include "device/read-job.h"
#include "types/text.h"

/* Owns itself until its end. Writes one step after the other, low address first. */
typedef struct
{
  SondePollScheduler *scheduler; /* borrowed */
  SondeBoardClock *clock;        /* borrowed */
  SondeLimits limits;
  SondeVariable *variable;
  guint32 size;
  guint8 *bytes;  /* to write */
  guint8 *mask;   /* bits that count: those of a bit-field, else all */
  guint32 offset; /* behind the present step */
  SondeWrite step;
  guint32 step_offset;
  guint n_steps;
  SondeRead unit; /* what read-change-write reads */
  SondeWriteResult result;
  char error[512];
  SondeWriteJobFunc func;
  gpointer user_data;
} Job;

static void write_next (Job *self);

static void
finish (Job *self)
{
  self->result.size = self->size;
  self->func (&self->result, self->user_data);
  sonde_variable_unref (self->variable);
  g_array_unref (self->unit.ranges);
  g_free (self->bytes);
  g_free (self->mask);
  g_free (self);
}

static void
fail (Job *self, SondeOutcome outcome, const char *error)
{
  self->result.end = SONDE_WRITE_FAILED;
  self->result.outcome = outcome;
  g_strlcpy (self->error, error, sizeof self->error);
  self->result.error = self->error;
  finish (self);
}

/* Comparing */

static char *
dup_text (const Job *self, const guint8 *bytes)
{
  const SondeVariableInfo *info = sonde_variable_get_info (self->variable);
  SondeValue value = SONDE_VALUE_INIT;

  if (sonde_type_is_text (info->type))
    {
      g_autofree char *text = sonde_text_from_chars (bytes, self->size);
      return g_strdup_printf ("\"%s\"", text);
    }
  sonde_value_decode (info->type, info->byte_order, bytes, self->size, &value);
  return sonde_text_from_value (info->type, &value, SONDE_FORMAT_AUTO);
}

/* Bytes are compared, not numbers: a NAN that was written reads back as itself. */
static gboolean
is_as_written (const Job *self, const guint8 *bytes)
{
  for (guint32 i = 0; i < self->size; i++)
    if ((bytes[i] ^ self->bytes[i]) & self->mask[i])
      return FALSE;
  return TRUE;
}

static void
on_read_back (const SondeReadResult *result, gpointer user_data)
{
  Job *self = user_data;
  g_autofree char *wrote = NULL;
  g_autofree char *reads = NULL;

  if (result->bytes == NULL)
    {
      fail (self, result->outcome, result->error);
      return;
    }
  self->result.bytes = result->bytes;
  if (is_as_written (self, result->bytes))
    {
      finish (self);
      return;
    }
  wrote = dup_text (self, self->bytes);
  reads = dup_text (self, result->bytes);
  g_snprintf (self->error, sizeof self->error, "wrote %.200s, the board reads %.200s", wrote,
              reads);
  self->result.end = SONDE_WRITE_DIFFERS;
  self->result.error = self->error;
  finish (self);
}

/* Writing */

static void
on_written (const SondeReply *reply, gpointer owner, gpointer data, guint64 tag)
{
  Job *self = owner;

  /* Refused or lost, nobody knows what happened to the memory: older answers count for nothing. */
  sonde_poll_scheduler_note_write (self->scheduler, self->step.address, self->step.size);
  if (reply->outcome == SONDE_OUTCOME_ANSWERED)
    write_next (self);
  else
    fail (self, reply->outcome, reply->error);
}

static void
send_step (Job *self)
{
  self->n_steps++;
  if (self->n_steps > 1)
    self->result.is_atomic = FALSE;
  sonde_poll_scheduler_ask_write (self->scheduler, &self->step,
                                  &(SondeAsk){ .func = on_written, .owner = self });
}

static guint64
all_bits (guint size)
{
  return size >= 8 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << (8 * size)) - 1;
}

/* The board cannot change single bits: the unit was read, is changed here and written whole. What
 * the board itself changed meanwhile is lost, which is why this is not atomic. */
static void
on_unit_read (const SondeReply *reply, gpointer owner, gpointer data, guint64 tag)
{
  Job *self = owner;

  if (reply->outcome == SONDE_OUTCOME_ANSWERED && reply->form != SONDE_ANSWER_BITS)
    {
      fail (self, SONDE_OUTCOME_REFUSED, "the board converts the unit that holds the bits");
      return;
    }
  if (reply->outcome != SONDE_OUTCOME_ANSWERED)
    {
      fail (self, reply->outcome, reply->error);
      return;
    }
  self->step.bits = (reply->bits & ~self->step.mask) | (self->step.bits & self->step.mask);
  self->step.mask = all_bits (self->step.size);
  send_step (self);
}

static void
read_unit (Job *self)
{
  SondeRange range = { self->step.address, self->step.size };

  self->result.is_atomic = FALSE;
  g_array_set_size (self->unit.ranges, 0);
  g_array_append_val (self->unit.ranges, range);
  self->unit.size = range.size;
  sonde_poll_scheduler_ask_read (self->scheduler, &self->unit,
                                 &(SondeAsk){ .func = on_unit_read, .owner = self });
}

static gboolean
is_block (const Job *self)
{
  return self->limits.has_blocks && self->size > 8
         && sonde_variable_get_info (self->variable)->memory != SONDE_MEMORY_PERIPHERAL;
}

/* A block's text must fit too: base64 of the data, and the rest of the command. */
static void
cut_block (Job *self)
{
  guint32 size = MIN (self->size - self->offset, self->limits.block);

  self->step.size = size;
  self->step.data = self->bytes + self->offset;
  self->offset += size;
}

static void
cut_unit (Job *self)
{
  const SondeVariableInfo *info = sonde_variable_get_info (self->variable);
  guint size
      = sonde_place_next_unit (info->address, self->size, self->limits.max_unit, &self->offset);

  self->step.size = size;
  self->step.bits = sonde_bytes_load (self->bytes + self->step_offset, size, info->byte_order);
  self->step.mask = sonde_bytes_load (self->mask + self->step_offset, size, info->byte_order);
}

static void
write_next (Job *self)
{
  guint64 address = sonde_variable_get_address (self->variable);

  if (self->offset == self->size)
    {
      sonde_read_job_start (self->scheduler, self->clock, &self->limits, self->variable,
                            on_read_back, self);
      return;
    }
  self->step_offset = self->offset;
  self->step = (SondeWrite){ .address = address + self->offset };
  if (is_block (self))
    cut_block (self);
  else
    cut_unit (self);
  if (self->step.data == NULL && self->step.mask == 0)
    write_next (self); /* a half of a wide unit in which the field has no bits */
  else if (self->step.data != NULL || self->limits.has_mask
           || self->step.mask == all_bits (self->step.size))
    send_step (self);
  else
    read_unit (self);
}

static void
fill_mask (Job *self)
{
  const SondeVariableInfo *info = sonde_variable_get_info (self->variable);

  memset (self->mask, 0xff, self->size);
  if (sonde_type_get_kind (info->type) == SONDE_KIND_BITFIELD && self->size <= 8)
    sonde_bytes_store (self->mask, self->size, info->byte_order, sonde_value_mask (info->type));
}

void
sonde_write_job_start (SondePollScheduler *scheduler, SondeBoardClock *clock,
                       const SondeLimits *limits, SondeVariable *variable, const guint8 *bytes,
                       SondeWriteJobFunc func, gpointer user_data)
{
  Job *self = g_new0 (Job, 1);

  self->scheduler = scheduler;
  self->clock = clock;
  self->limits = *limits;
  self->variable = sonde_variable_ref (variable);
  self->size = (guint32) sonde_variable_get_size (variable);
  self->bytes = g_memdup2 (bytes, self->size);
  self->mask = g_malloc (self->size);
  self->unit.kind = SONDE_READ_UNIT;
  self->unit.ranges = g_array_new (FALSE, FALSE, sizeof (SondeRange));
  self->result.is_atomic = TRUE;
  self->func = func;
  self->user_data = user_data;
  fill_mask (self);
  write_next (self);
}
