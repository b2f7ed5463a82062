/* The peak memory of the process that asks, in MB: of the program alone, which getrusage is not, as
 * it counts what started the program, too. */
#ifndef TESTS_BENCH_PEAK_MEMORY_H
#define TESTS_BENCH_PEAK_MEMORY_H

#include <stdio.h>

/* 0 if the system does not tell. */
static inline double peak_memory_mb(void)
{
    FILE *status = fopen("/proc/self/status", "r");
    char line[128];
    long kb = 0;
    while (status && fgets(line, sizeof line, status))
        if (sscanf(line, "VmHWM: %ld", &kb) == 1)
            break;
    if (status)
        fclose(status);
    return (double)kb / 1024;
}

#endif
