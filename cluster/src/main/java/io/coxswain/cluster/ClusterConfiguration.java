package io.coxswain.cluster;

/// How `cox up` sets a cluster up.
///
/// @param realNode whether this machine becomes a node that runs containers
/// @param podCidr where the pods of this node get their addresses from
public record ClusterConfiguration(
        ControlPlaneConfiguration controlPlane, boolean realNode, String podCidr) {}
