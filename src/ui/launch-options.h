/* launch-options.h: what the command line of sonde asks for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

typedef struct
{
  gboolean shows_version;
  gboolean starts_demo;
  char *screenshot; /* NULL: none */
  double after_s;   /* from the first frame to the screenshot */
  int width_px, height_px;
  gboolean has_size;    /* asked for, or that of a picture */
  char *config;         /* NULL: the person's settings */
  char *listen_address; /* NULL: the default one */
  guint listen_port;
  char *page; /* NULL: monitor */
  gboolean is_rtl;
} SondeLaunchOptions;

/** sonde_launch_options_add: to the --help of @application. */
void sonde_launch_options_add (GApplication *application);
/** sonde_launch_options_parse: @values as "handle-local-options" gives them. */
gboolean sonde_launch_options_parse (SondeLaunchOptions *self, GVariantDict *values,
                                     GError **error);
void sonde_launch_options_clear (SondeLaunchOptions *self);
