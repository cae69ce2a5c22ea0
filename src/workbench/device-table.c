/* device-table.c: the rows of the device list, and which of them is the active one */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/device-table.h"

#include <string.h>

struct _SondeDeviceTable
{
  SondeDeviceTableFunc func;
  gpointer user_data;
  GListStore *rows;   /* SondeDeviceRow */
  char *active;       /* name of the active board (nullable) */
  gboolean is_chosen; /* by the person, not by being first */
  gboolean is_demo;
};

SondeDeviceTable *
sonde_device_table_new (SondeDeviceTableFunc func, gpointer user_data)
{
  SondeDeviceTable *self = g_new0 (SondeDeviceTable, 1);

  self->func = func;
  self->user_data = user_data;
  self->rows = g_list_store_new (SONDE_TYPE_DEVICE_ROW);
  return self;
}

void
sonde_device_table_free (SondeDeviceTable *self)
{
  g_object_unref (self->rows);
  g_free (self->active);
  g_free (self);
}

GListModel *
sonde_device_table_get_rows (SondeDeviceTable *self)
{
  return G_LIST_MODEL (self->rows);
}

SondeDeviceRow *
sonde_device_table_lookup (SondeDeviceTable *self, const char *name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SondeDeviceRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (g_strcmp0 (sonde_device_row_get_name (row), name) == 0)
        return row; /* the list holds it */
    }
  return NULL;
}

SondeDeviceRow *
sonde_device_table_get_active (SondeDeviceTable *self)
{
  return self->active == NULL ? NULL : sonde_device_table_lookup (self, self->active);
}

void
sonde_device_table_set_demo (SondeDeviceTable *self, gboolean is_demo)
{
  self->is_demo = is_demo;
}

static void
use (SondeDeviceTable *self, const char *name)
{
  SondeDeviceRow *row = sonde_device_table_lookup (self, name);

  g_free (self->active);
  self->active = g_strdup (name);
  if (row != NULL)
    self->func (row, TRUE, self->user_data);
}

void
sonde_device_table_choose (SondeDeviceTable *self, const char *name)
{
  self->is_chosen = TRUE;
  use (self, name);
}

/* The first board that answers, or cannot but push, is the active one until the person chooses
 * another. */
static void
consider (SondeDeviceTable *self, const SondeDeviceFacts *facts)
{
  SondeDeviceRow *row = sonde_device_table_get_active (self);
  gboolean is_free = row == NULL || (!sonde_device_row_is_connected (row) && !self->is_chosen);

  gboolean is_here = facts->state == SONDE_DEVICE_READY || facts->state == SONDE_DEVICE_STREAM;

  if (is_free && is_here && g_strcmp0 (self->active, facts->name) != 0)
    use (self, facts->name);
}

static void
take_facts (SondeDeviceTable *self, SondeDeviceFacts *facts)
{
  SondeDeviceRow *row = sonde_device_table_lookup (self, facts->name);

  facts->is_demo = self->is_demo && g_str_has_prefix (facts->name, "demo-motor");
  if (row == NULL)
    {
      g_autoptr (SondeDeviceRow) made = sonde_device_row_new (facts->name);

      sonde_device_row_take_facts (made, facts);
      g_list_store_append (self->rows, made);
      row = made; /* the list holds it */
    }
  else
    sonde_device_row_take_facts (row, facts);
  consider (self, facts);
  if (g_strcmp0 (self->active, facts->name) == 0)
    self->func (row, FALSE, self->user_data);
}

static gboolean
is_reported (GArray *devices, const char *name)
{
  for (guint i = 0; i < devices->len; i++)
    if (strcmp (g_array_index (devices, SondeDeviceFacts, i).name, name) == 0)
      return TRUE;
  return FALSE;
}

void
sonde_device_table_take_news (SondeDeviceTable *self, GArray *devices)
{
  for (guint i = 0; i < devices->len; i++)
    take_facts (self, &g_array_index (devices, SondeDeviceFacts, i));
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i-- > 0;)
    {
      g_autoptr (SondeDeviceRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (!is_reported (devices, sonde_device_row_get_name (row)))
        g_list_store_remove (self->rows, i);
    }
}
