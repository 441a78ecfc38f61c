// Read iCalendar files with ical.js (Thunderbird, Nextcloud) or node-ical and print what it
// understood, one JSON line for each file.
//
//     NODE_PATH=FOLDER/node_modules node read_with_node.cjs ical.js|node-ical FILE...
"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");

const iso = (date) => date.toISOString().replace(".000Z", "Z");

async function icalJs() {
  // The package is an ES module, which NODE_PATH does not lead to.
  const entry = join(process.env.NODE_PATH, "ical.js", "dist", "ical.js");
  const ICAL = (await import(pathToFileURL(entry))).default;
  return (text) => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    // Only the zones of the file itself: what a reader that does not know the name would do.
    ICAL.TimezoneService.reset();
    for (const zone of calendar.getAllSubcomponents("vtimezone")) {
      ICAL.TimezoneService.register(zone);
    }
    const at = (event, name) =>
      iso(new Date(event.getFirstPropertyValue(name).toUnixTime() * 1000));
    return {
      method: calendar.getFirstPropertyValue("method") || "",
      events: calendar.getAllSubcomponents("vevent").map((event) => ({
        uid: event.getFirstPropertyValue("uid"),
        sequence: event.getFirstPropertyValue("sequence"),
        status: event.getFirstPropertyValue("status") || "",
        starts: at(event, "dtstart"),
        ends: at(event, "dtend"),
      })),
    };
  };
}

function nodeIcal() {
  const ical = require("node-ical");
  return (text) => {
    const read = Object.values(ical.sync.parseICS(text));
    const calendar = read.find((part) => part.type === "VCALENDAR") || {};
    return {
      method: calendar.method || "",
      events: read
        .filter((part) => part.type === "VEVENT")
        .map((event) => ({
          uid: event.uid,
          sequence: Number(event.sequence),
          status: event.status || "",
          starts: iso(event.start),
          ends: iso(event.end),
        })),
    };
  };
}

async function main() {
  const [reader, ...paths] = process.argv.slice(2);
  const read = reader === "ical.js" ? await icalJs() : nodeIcal();
  for (const path of paths) {
    console.log(JSON.stringify(read(readFileSync(path, "utf8"))));
  }
}

main();
