/// What the scheduler knows of the cluster: nodes and the pods on them, as rows of columns.
///
/// [io.coxswain.scheduler.snapshot.Snapshot] is changed by the scheduling loop alone: by informers'
/// changes it takes from its inbox, and by pods that it assumes to be placed before the API server
/// has confirmed it. Its log of changes lets whoever computed something for every node look again
/// only at the nodes that changed.
@NullMarked
package io.coxswain.scheduler.snapshot;

import org.jspecify.annotations.NullMarked;
