package org.almosttls.testkit;

import java.util.Random;

/** Octets that look like nothing, always the same ones. */
public final class Noise {

    private Noise() {}

    public static byte[] of(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }
}
