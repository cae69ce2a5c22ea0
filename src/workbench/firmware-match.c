/* firmware-match.c: whether a board runs the firmware of an ELF file, and how that is known */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-engine"

#include "workbench/firmware-match.h"

#include "base/clock.h"
#include "workbench/code-check.h"

#define RETRY_US (10 * G_USEC_PER_SEC)

/* What was read, or decided, of one board and one file. */
typedef struct
{
  SondeDevice *device; /* reference */
  SondeSymbolTable *table;
  char *run;             /* which start of which firmware it was read from */
  GCancellable *reading; /* (nullable) */
  gint64 retry_us;       /* after a cut */
  gboolean is_known;     /* result is set */
  SondeCodeResult result;
  char *trusted; /* (nullable): the run for which the person decided */
} Record;

struct _SondeFirmwareMatch
{
  SondeFirmwareMatchFunc func;
  gpointer user_data;
  GPtrArray *records;
};

typedef struct
{
  SondeFirmwareMatch *owner;
  SondeDevice *device; /* of the record, which may be gone */
  SondeSymbolTable *table;
  GCancellable *cancellable;
} Reading;

static void
free_record (gpointer data)
{
  Record *record = data;

  if (record->reading != NULL)
    g_cancellable_cancel (record->reading);
  g_clear_object (&record->reading);
  g_object_unref (record->device);
  sonde_symbol_table_unref (record->table);
  g_free (record->run);
  g_free (record->trusted);
  g_free (record);
}

static void
free_reading (Reading *reading)
{
  g_object_unref (reading->device);
  sonde_symbol_table_unref (reading->table);
  g_object_unref (reading->cancellable);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, free_reading)

SondeFirmwareMatch *
sonde_firmware_match_new (SondeFirmwareMatchFunc func, gpointer user_data)
{
  SondeFirmwareMatch *self = g_new0 (SondeFirmwareMatch, 1);

  self->func = func;
  self->user_data = user_data;
  self->records = g_ptr_array_new_with_free_func (free_record);
  return self;
}

void
sonde_firmware_match_free (SondeFirmwareMatch *self)
{
  g_ptr_array_unref (self->records);
  g_free (self);
}

/* The same start of the same firmware. A build id outlives a restart; what was read from memory
 * does not, and a board that tells neither may be another after each connection. */
static char *
dup_run (SondeDevice *device)
{
  const SondeDeviceInfo *info = sonde_device_get_info (device);

  if (info->identity.boot[0] != '\0')
    return g_strdup_printf ("boot %s", info->identity.boot);
  return g_strdup_printf ("since %" G_GINT64_FORMAT, info->connected_us);
}

static char *
dup_firmware (SondeDevice *device)
{
  const SondeDeviceInfo *info = sonde_device_get_info (device);

  if (info->identity.build_id[0] != '\0')
    return g_strdup_printf ("build %s", info->identity.build_id);
  return dup_run (device);
}

static Record *
lookup (SondeFirmwareMatch *self, SondeDevice *device, SondeSymbolTable *table)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      Record *record = g_ptr_array_index (self->records, i);

      if (record->device == device && record->table == table)
        return record;
    }
  return NULL;
}

static Record *
ensure (SondeFirmwareMatch *self, SondeDevice *device, SondeSymbolTable *table)
{
  Record *record = lookup (self, device, table);

  if (record != NULL)
    return record;
  record = g_new0 (Record, 1);
  record->device = g_object_ref (device);
  record->table = sonde_symbol_table_ref (table);
  g_ptr_array_add (self->records, record);
  return record;
}

static gboolean
is_of_this_run (const Record *record)
{
  g_autofree char *run = dup_run (record->device);

  return g_strcmp0 (record->run, run) == 0;
}

static gboolean
is_trusted (const Record *record)
{
  g_autofree char *firmware = record->trusted == NULL ? NULL : dup_firmware (record->device);

  return firmware != NULL && g_str_equal (record->trusted, firmware);
}

static void
judge_by_code (const Record *record, SondeVerdict *verdict)
{
  verdict->why = "neither tells a build id";
  if (record == NULL || !is_of_this_run (record))
    return;
  verdict->is_checking = record->reading != NULL;
  if (verdict->is_checking)
    verdict->why = "its code is being read";
  if (!record->is_known)
    return;
  verdict->match = record->result.match;
  verdict->proof
      = record->result.match == SONDE_MATCH_UNKNOWN ? SONDE_PROOF_NONE : SONDE_PROOF_CHECKSUM;
  verdict->why = record->result.why;
  g_strlcpy (verdict->section, record->result.section, sizeof verdict->section);
}

void
sonde_firmware_match_judge (SondeFirmwareMatch *self, SondeDevice *device, SondeSymbolTable *table,
                            SondeVerdict *verdict)
{
  const Record *record = table == NULL ? NULL : lookup (self, device, table);

  *verdict = (SondeVerdict){ .why = "no ELF file is open" };
  if (table == NULL)
    return;
  verdict->match = sonde_build_id_compare (sonde_device_get_info (device)->identity.build_id,
                                           sonde_symbol_table_get_facts (table)->build_id);
  verdict->why = NULL;
  if (verdict->match != SONDE_MATCH_UNKNOWN)
    verdict->proof = SONDE_PROOF_BUILD_ID;
  else
    judge_by_code (record, verdict);
  verdict->is_trusted = verdict->match == SONDE_MATCH_NO && record != NULL && is_trusted (record);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  SondeFirmwareMatch *self = reading->owner;
  SondeCodeResult found;
  const gboolean is_good = sonde_code_check_finish (result, &found);
  Record *record = NULL;

  /* Then the record is gone, and perhaps its owner. */
  if (g_cancellable_is_cancelled (reading->cancellable))
    return;
  record = lookup (self, reading->device, reading->table);
  g_clear_object (&record->reading);
  record->is_known = is_good;
  record->result = found;
  if (found.is_cut)
    record->retry_us = sonde_clock_now_us () + RETRY_US;
  self->func (reading->device, self->user_data);
}

static gboolean
is_due (const Record *record)
{
  if (record->reading != NULL)
    return FALSE;
  if (!record->is_known || !is_of_this_run (record))
    return TRUE;
  return record->result.is_cut && sonde_clock_now_us () >= record->retry_us;
}

static void
start_reading (SondeFirmwareMatch *self, Record *record)
{
  Reading *reading = g_new0 (Reading, 1);

  record->reading = g_cancellable_new ();
  record->is_known = FALSE;
  g_free (record->run);
  record->run = dup_run (record->device);
  reading->owner = self;
  reading->device = g_object_ref (record->device);
  reading->table = sonde_symbol_table_ref (record->table);
  reading->cancellable = g_object_ref (record->reading);
  sonde_code_check_async (record->device, record->table, record->reading, on_read, reading);
}

void
sonde_firmware_match_check (SondeFirmwareMatch *self, SondeDevice *device, SondeSymbolTable *table)
{
  const SondeDeviceInfo *info = sonde_device_get_info (device);
  Record *record = NULL;

  if (info->state != SONDE_DEVICE_READY
      || sonde_build_id_compare (info->identity.build_id,
                                 sonde_symbol_table_get_facts (table)->build_id)
             != SONDE_MATCH_UNKNOWN)
    return;
  record = ensure (self, device, table);
  if (is_due (record))
    start_reading (self, record);
}

void
sonde_firmware_match_trust (SondeFirmwareMatch *self, SondeDevice *device, SondeSymbolTable *table)
{
  Record *record = ensure (self, device, table);

  g_free (record->trusted);
  record->trusted = dup_firmware (device);
  g_message ("%s: the person uses %s although it describes other firmware",
             sonde_device_get_name (device), sonde_symbol_table_get_facts (table)->file);
}

void
sonde_firmware_match_forget_device (SondeFirmwareMatch *self, SondeDevice *device)
{
  for (guint i = self->records->len; i-- > 0;)
    if (((Record *) g_ptr_array_index (self->records, i))->device == device)
      g_ptr_array_remove_index (self->records, i);
}

void
sonde_firmware_match_forget_table (SondeFirmwareMatch *self, SondeSymbolTable *table)
{
  for (guint i = self->records->len; i-- > 0;)
    if (((Record *) g_ptr_array_index (self->records, i))->table == table)
      g_ptr_array_remove_index (self->records, i);
}
