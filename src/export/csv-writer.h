/* csv-writer.h: a capture as a wide table: a row a time, a column a signal */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "export/capture-writer.h"

/* "time_us,motor.speed [rpm],..."; an empty field is no sample at that time; a second sample of one
 * signal at the same time is a row of its own. Enums and bools are numbers. */
extern const SondeCaptureFormat sonde_csv_format;

/** sonde_csv_writer_new: writes the header; @out is referenced and stays open. */
SondeCaptureWriter *sonde_csv_writer_new (GOutputStream *out, const SondeCaptureColumn *columns,
                                          guint n, GError **error);
