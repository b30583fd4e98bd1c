package org.almosttls.agent.lab;

import java.util.List;

/**
 * What Mallory has come to.
 *
 * @param learned plaintext of Bob's that he has got hold of
 * @param touched whether he found something to lay hands on
 * @param words what he saw, in short
 */
public record Mallory(List<String> learned, boolean touched, String words) {}
