/// The entry point of all benchmarks. Each is a program that ends with one line of figures a
/// program can read.
@NullMarked
package io.gympulse.bench;

import org.jspecify.annotations.NullMarked;
