/* reader-ask.c: an answer of sonde-symbols about a file, from the cache where it was given before
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/reader-ask.h"

#include <unistd.h>

#include "symbols/symbol-error.h"

/* One question about one file; owned by its task, or by the caller that blocks. */
typedef struct
{
  const SondeReaderQuestion *question;
  char *path;
  int fd;
  SondeSymbolCache *cache;
  GBytes *answer; /* of the reader */
  SondeReaderProgress progress;
  gpointer progress_data;
} Ask;

static void
clear_ask (Ask *ask)
{
  g_clear_pointer (&ask->answer, g_bytes_unref);
  g_clear_pointer (&ask->cache, sonde_symbol_cache_free);
  if (ask->fd >= 0)
    close (ask->fd);
  g_free (ask->path);
}

static void
free_ask (Ask *ask)
{
  clear_ask (ask);
  g_free (ask);
}

/* (nullable): from the cache */
static gpointer
recall (Ask *ask)
{
  g_autoptr (GBytes) answer = NULL;
  gpointer made;

  ask->cache = sonde_symbol_cache_new (NULL, ask->fd, ask->question->kind);
  answer = sonde_symbol_cache_find (ask->cache);
  if (answer == NULL)
    return NULL;
  made = ask->question->open (answer, ask->path, NULL);
  if (made == NULL)
    sonde_symbol_cache_forget (ask->cache);
  return made;
}

/* From what the reader wrote. */
static gpointer
take (Ask *ask, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gpointer made = ask->question->check (ask->answer, ask->path, &failure);

  if (made != NULL)
    sonde_symbol_cache_store (ask->cache, ask->answer);
  else
    g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                 "%s: what sonde-symbols wrote is damaged: %s; install Sonde again", ask->path,
                 failure->message);
  return made;
}

static void
take_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Ask *ask = data;
  GError *error = NULL;
  gpointer made = take (ask, &error);

  if (made != NULL)
    g_task_return_pointer (task, made, ask->question->free);
  else
    g_task_return_error (task, error);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;

  ask->answer = sonde_reader_run_finish (result, &error);
  if (ask->answer != NULL)
    g_task_run_in_thread (task, take_in_thread);
  else
    g_task_return_error (task, error);
}

static void
recall_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Ask *ask = data;

  g_task_return_pointer (task, recall (ask), ask->question->free);
}

static void
on_recalled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Ask *ask = g_task_get_task_data (task);
  gpointer made = g_task_propagate_pointer (G_TASK (result), NULL);

  if (made != NULL)
    {
      g_task_return_pointer (task, made, ask->question->free);
      return;
    }
  sonde_reader_run_fd_async (ask->fd, ask->path, ask->question->arguments, ask->progress,
                             ask->progress_data, g_task_get_cancellable (task), on_run,
                             g_object_ref (task));
}

void
sonde_reader_ask_async (const SondeReaderQuestion *question, const char *path,
                        SondeReaderProgress progress, gpointer progress_data,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) recalling = NULL;
  Ask *ask = g_new0 (Ask, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, sonde_reader_ask_async);
  ask->question = question;
  ask->path = g_strdup (path);
  ask->progress = progress;
  ask->progress_data = progress_data;
  ask->fd = sonde_reader_open (path, &error);
  g_task_set_task_data (task, ask, (GDestroyNotify) free_ask);
  if (ask->fd < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  recalling = g_task_new (NULL, NULL, on_recalled, g_object_ref (task));
  g_task_set_task_data (recalling, ask, NULL);
  g_task_run_in_thread (recalling, recall_in_thread);
}

gpointer
sonde_reader_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gpointer
sonde_reader_ask (const SondeReaderQuestion *question, const char *path,
                  SondeReaderProgress progress, gpointer progress_data, GError **error)
{
  Ask ask = { .question = question, .path = g_strdup (path) };
  gpointer made = NULL;

  ask.fd = sonde_reader_open (path, error);
  if (ask.fd >= 0)
    made = recall (&ask);
  if (ask.fd >= 0 && made == NULL)
    {
      ask.answer
          = sonde_reader_run_fd (ask.fd, path, question->arguments, progress, progress_data, error);
      made = ask.answer != NULL ? take (&ask, error) : NULL;
    }
  clear_ask (&ask);
  return made;
}
