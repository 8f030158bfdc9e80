/// How long a function takes from the start of its JVM until it has written to its store.
/// The real package, the real runtime client, a store and a broker's endpoint beside it.
@NullMarked
package io.gympulse.bench.coldstart;

import org.jspecify.annotations.NullMarked;
