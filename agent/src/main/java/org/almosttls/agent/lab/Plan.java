package org.almosttls.agent.lab;

import java.util.Optional;

/**
 * What is to be run in one cell, and what is expected of it.
 *
 * @param setting none if there is nothing to run
 */
public record Plan(Optional<Setting> setting, Attack attack, Expectation expected) {}
