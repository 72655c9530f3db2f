import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { networkOf } from "./limits.ts";

/** Eight groups of 16 bits, as numbers. */
const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
const zeroes = fc.integer({ min: 0, max: 8 });

/** The same address with its longest form, its shortest groups, or a run of zeroes left out. */
const long = (address: readonly number[]) => address.map((group) => group.toString(16).padStart(4, "0")).join(":");
const short = (address: readonly number[]) => address.map((group) => group.toString(16)).join(":");
const cut = (address: readonly number[], from: number, to: number) =>
  `${short(address.slice(0, from))}::${short(address.slice(to))}`;

describe("networks", () => {
  it("are single addresses of IPv4, also inside IPv6", () => {
    assert.equal(networkOf("192.0.2.7"), "192.0.2.7");
    assert.equal(networkOf("::ffff:192.0.2.7"), "192.0.2.7");
    assert.equal(networkOf("::FFFF:192.0.2.7"), "192.0.2.7");
    assert.notEqual(networkOf("192.0.2.7"), networkOf("192.0.2.8"));
  });

  it("are the first half of an IPv6 address, however it is written", () => {
    for (const one of ["2001:db8:1:2::7", "2001:0DB8:0001:0002:ffff::", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::7%eth0"])
      assert.equal(networkOf(one), "2001:db8:1:2", one);
    assert.notEqual(networkOf("2001:db8:1:2::1"), networkOf("2001:db8:1:3::1"));
    assert.equal(networkOf("::1"), "0:0:0:0");
    assert.equal(networkOf("::"), "0:0:0:0");
  });

  it("stay one whichever of its addresses a household takes", () => {
    fc.assert(
      fc.property(groups, groups, (address, other) => {
        const neighbour = [...address.slice(0, 4), ...other.slice(4)];
        assert.equal(networkOf(short(address)), networkOf(short(neighbour)));
        assert.equal(networkOf(long(address)), networkOf(short(neighbour)));
        assert.equal(networkOf(long(address).toUpperCase()), networkOf(short(address)));
      }),
    );
  });

  it("are the same with zeroes left out and without", () => {
    fc.assert(
      fc.property(groups, zeroes, zeroes, (address, one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        fc.pre(to - from >= 1);
        const withZeroes = address.map((group, n) => (n >= from && n < to ? 0 : group));
        assert.equal(networkOf(cut(withZeroes, from, to)), networkOf(short(withZeroes)));
      }),
    );
  });

  it("differ when the first halves do", () => {
    fc.assert(
      fc.property(groups, groups, (one, other) => {
        fc.pre(short(one.slice(0, 4)) !== short(other.slice(0, 4)));
        assert.notEqual(networkOf(short(one)), networkOf(short(other)));
      }),
    );
  });
});
