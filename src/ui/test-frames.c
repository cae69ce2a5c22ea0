/* test-frames.c: how evenly a window draws */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/test-frames.h"

#include <sys/resource.h>
#include <time.h>

typedef struct
{
  char *path;
  gint64 end_us; /* frame time; 0 before the first frame */
  gint64 last_us;
  gint64 longest_us;
  gint64 last_work_us; /* processor's time of this thread */
  gint64 longest_work_us;
  gint64 cpu_us;
  guint n_frames;
  guint seconds;
} Measurement;

static gint64
get_cpu_us (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gint64) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC
         + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

/* Of the main thread alone: how long it works between two frames, however busy the machine is. */
static gint64
get_work_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
report (Measurement *self)
{
  g_autofree char *text = g_strdup_printf (
      "%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", self->n_frames,
      self->longest_us, get_cpu_us () - self->cpu_us, self->longest_work_us);

  g_file_set_contents (self->path, text, -1, NULL);
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Measurement *self = user_data;
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);

  if (self->end_us == 0)
    {
      self->end_us = now_us + (gint64) self->seconds * G_USEC_PER_SEC;
      self->cpu_us = get_cpu_us ();
    }
  else
    {
      self->longest_us = MAX (self->longest_us, now_us - self->last_us);
      self->longest_work_us = MAX (self->longest_work_us, get_work_us () - self->last_work_us);
    }
  self->last_us = now_us;
  self->last_work_us = get_work_us ();
  self->n_frames++;
  if (now_us < self->end_us)
    return G_SOURCE_CONTINUE;
  report (self);
  return G_SOURCE_REMOVE;
}

static void
free_measurement (gpointer data)
{
  Measurement *self = data;

  g_free (self->path);
  g_free (self);
}

void
sonde_test_frames_measure (GtkWidget *widget, guint seconds, const char *path)
{
  Measurement *self = g_new0 (Measurement, 1);

  self->path = g_strdup (path);
  self->seconds = seconds;
  gtk_widget_add_tick_callback (widget, on_frame, self, free_measurement);
}
