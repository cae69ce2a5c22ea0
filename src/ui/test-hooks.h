/* test-hooks.h: what a test may ask the window, only while SONDE_TEST names a folder */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

/**
 * sonde_test_hooks_add:
 *
 * Without SONDE_TEST in the environment nothing is added. With it, application actions:
 * Their names begin with "test-": dump (widgets of all windows with root coordinates, rows,
 * notices, into SONDE_TEST/dump.txt), block(u) (the main thread sleeps so many ms), drop(s) (the
 * file drop of the window is emitted), paste(s) (this text is in the clipboard and pasted into the
 * watch table), rate(d) (of every row), plot(s) (draws a path), frames(u) (see test-frames.h, into
 * SONDE_TEST/frames.txt).
 */
void sonde_test_hooks_add (GtkApplication *application, SondeWorkbench *workbench);
