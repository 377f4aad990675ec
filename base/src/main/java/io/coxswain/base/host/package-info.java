/// What every part that touches the host has to agree on: where programs are found, and where notes
/// lie that have to outlive a killed process.
@NullMarked
package io.coxswain.base.host;

import org.jspecify.annotations.NullMarked;
