/// What the cloud costs on AWS, from counted calls and a dated table of prices.
/// What is not counted is assumed, and named as such.
@NullMarked
package io.gympulse.bench.cost;

import org.jspecify.annotations.NullMarked;
