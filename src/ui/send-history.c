/* send-history.c: what was sent to boards */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-ui"

#include "ui/send-history.h"

#include <string.h>

#include "base/file.h"

#define MAX_TEXTS 200

struct _SondeSendHistory
{
  char *path;       /* (nullable) */
  GPtrArray *texts; /* oldest first */
  guint position;   /* of the one shown; texts->len is the draft */
  char *draft;
};

static void
read_file (SondeSendHistory *self)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (self->path == NULL || !g_file_get_contents (self->path, &text, NULL, NULL)
      || !g_utf8_validate (text, -1, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      g_ptr_array_add (self->texts, g_strcompress (lines[i]));
}

static void
write_file (SondeSendHistory *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (self->path == NULL)
    return;
  for (guint i = 0; i < self->texts->len; i++)
    {
      g_autofree char *line = g_strescape (g_ptr_array_index (self->texts, i), NULL);

      g_string_append_printf (text, "%s\n", line);
    }
  if (!sonde_file_replace (self->path, text->str, text->len, 0600, &error))
    g_warning ("%s", error->message);
}

SondeSendHistory *
sonde_send_history_new (const char *path)
{
  SondeSendHistory *self = g_new0 (SondeSendHistory, 1);

  self->path = g_strdup (path);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->draft = g_strdup ("");
  read_file (self);
  self->position = self->texts->len;
  return self;
}

void
sonde_send_history_free (SondeSendHistory *self)
{
  g_ptr_array_unref (self->texts);
  g_free (self->path);
  g_free (self->draft);
  g_free (self);
}

void
sonde_send_history_add (SondeSendHistory *self, const char *text)
{
  const char *newest
      = self->texts->len == 0 ? NULL : g_ptr_array_index (self->texts, self->texts->len - 1);

  if (g_strcmp0 (newest, text) != 0)
    {
      g_ptr_array_add (self->texts, g_strdup (text));
      if (self->texts->len > MAX_TEXTS)
        g_ptr_array_remove_index (self->texts, 0);
      write_file (self);
    }
  self->position = self->texts->len;
}

const char *
sonde_send_history_older (SondeSendHistory *self, const char *draft)
{
  if (self->position == 0)
    return NULL;
  if (self->position == self->texts->len)
    {
      g_free (self->draft);
      self->draft = g_strdup (draft);
    }
  return g_ptr_array_index (self->texts, --self->position);
}

const char *
sonde_send_history_newer (SondeSendHistory *self)
{
  if (self->position >= self->texts->len)
    return NULL;
  self->position++;
  return self->position == self->texts->len ? self->draft
                                            : g_ptr_array_index (self->texts, self->position);
}
