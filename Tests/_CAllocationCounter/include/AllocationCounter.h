#pragma once

/// Counts the allocations of all threads from now on, from zero.
void allocation_counter_start(void);

/// Stops counting, and returns how many allocations there were.
long allocation_counter_stop(void);
