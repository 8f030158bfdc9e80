/// Runs every benchmark, each as a process of its own, and writes docs/figures.md from their
/// output.
@NullMarked
package io.gympulse.bench.all;

import org.jspecify.annotations.NullMarked;
