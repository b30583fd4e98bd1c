package org.almosttls.registry;

/** The hash functions that TLS names, with the sizes TLS needs. */
public enum HashAlgorithm {
    MD5("MD5", 16, 64),
    SHA1("SHA-1", 20, 64),
    SHA256("SHA-256", 32, 64),
    SHA384("SHA-384", 48, 128),
    SHA512("SHA-512", 64, 128);

    private final String jcaName;
    private final int length;
    private final int blockLength;

    HashAlgorithm(String jcaName, int length, int blockLength) {
        this.jcaName = jcaName;
        this.length = length;
        this.blockLength = blockLength;
    }

    public String jcaName() {
        return jcaName;
    }

    /** Octets of a digest. */
    public int length() {
        return length;
    }

    /** Octets that the compression function takes at once; HMAC needs it. */
    public int blockLength() {
        return blockLength;
    }
}
