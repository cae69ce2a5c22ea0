/* test-frames.h: how evenly a window draws, for a benchmark */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/**
 * sonde_test_frames_measure:
 * @path: gets one line when @seconds are over: frames, longest gap in us, CPU of the process in us
 *
 * Counts by a tick callback of @widget; one measurement at a time.
 */
void sonde_test_frames_measure (GtkWidget *widget, guint seconds, const char *path);
