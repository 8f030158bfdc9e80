/// The cloud's costs on AWS, from counted calls and a dated table of prices.
/// Numbers that are not counted are assumed, and printed as such.
@NullMarked
package io.gympulse.bench.cost;

import org.jspecify.annotations.NullMarked;
