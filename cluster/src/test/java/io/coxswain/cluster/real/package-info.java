/// The program as a user runs it: `./cox up` as a process of its own, with a real node where the
/// test needs one, asked through `./cox kubectl`.
///
/// All of it is tagged `real`. A machine has one real node at a time: these tests do not run beside
/// another `cox up`.
@NullMarked
package io.coxswain.cluster.real;

import org.jspecify.annotations.NullMarked;
