/// `describe`: an object and what belongs to it, for people. [Descriptions] knows who describes
/// what; kinds without a describer of their own are shown field by field.
@NullMarked
package io.coxswain.cli.describe;

import org.jspecify.annotations.NullMarked;
