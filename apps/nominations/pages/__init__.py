"""The inbox of packets at the upper level, and the communes' proposals within a province."""
