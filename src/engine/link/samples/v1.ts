/** What the first version of links looked like, everything in it: it must be read the same for ever. Never change this file. */

/** A fragment. */
export const FRAGMENT =
  '#1/r/NgIAmnH1rK1Ty27bMBD8lWKB3pRWlCjJEpBD0EMuRY8FgtQHiqRlInqVpOw4QX6rP9Af66zspMi55cEmd8mZ2dnVMx2sD24aqREJeavdbKl5H7Vj50ZEsZ391Hk1BGrun2lUA6K0t30_UUJ7FfY4qn9cQFK-O4CBTtNC25fkjWlgGW9Eda6kbNu2LnVViExsrNRpamRVYyNkXmxElql8UyutlSiztGiFlSY1utjVsir_Em1ftgntXG_Pdc0qMv5nlhLtY8T-6fj7V7_7MRKrec23yLcq2FLy6Xh9_S6rke3d-MCWvEsYJIyD1XHyJ2qiXyzzh2gc_Cb8gDZeMuz-6sXXm2-311-IL1prqLnKE1ydF6iDZIU_kb3JjafZmotaTsmUcfDqlWwZo1eacc4k7WI6i4vPZA92jPBBFCmvhPS84LQeLpFpiSuvKKuqykTJ2lW0w-VhLjOB-OYFce3dzILUUbn4IYUkbh8ruYgueOh-LjbwrXAKWvU91686QEkguG5UPTWgRbO4P_fYio2UZSVlWuVVWheFKEVBW9TlbVh6QF0VMGOww-owUxnjuYoMkO0pro0WSVYUaD37sZ9WAUcVBuvBH-I036zGpSnq0IsPEwDqhA7OHtknjEvE1YY-8uDgyTIOKuo9e0p7ZzikHh2IKDpMb0JHN5rp_NZPA0r6hOLjxI1bSaJqecbPonE2rjvbkoosl0VZYZJbbewOWMNkltdx_X-fA7B7NJIruEu78DR8f7i7vcEiuPQH'

/** The same as a file. */
export const FILE = String.raw`{
  "version": 1,
  "recipe": {
    "version": 1,
    "engine": 1,
    "programs": [
      {
        "name": "hello",
        "hash": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "argv": [
          "you"
        ]
      },
      {
        "name": "mine",
        "hash": "93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476",
        "argv": []
      }
    ],
    "files": [
      {
        "path": "/a",
        "text": "zwölf\n"
      },
      {
        "path": "/b",
        "base64": "/w=="
      },
      {
        "path": "/c",
        "link": "a"
      },
      {
        "path": "/d",
        "directory": true
      }
    ],
    "stdin": "in",
    "tty": true,
    "env": [
      "LANG=C"
    ],
    "seed": -3,
    "input": [
      {
        "at": 12,
        "text": "typed\n"
      },
      {
        "at": 40,
        "end": true
      }
    ],
    "untraced": true,
    "budget": {
      "events": 1500000,
      "cpu": 10000000000,
      "output": 16777216,
      "statements": 134217728
    },
    "script": "await 0\n",
    "hand": [
      {
        "at": 5,
        "request": "syscall",
        "tags": 4,
        "signal": 0,
        "args": [
          [
            0,
            "18446744073709551615"
          ]
        ],
        "result": -52,
        "memory": [
          {
            "addr": 1024,
            "bytes": [
              1,
              255
            ]
          }
        ]
      }
    ],
    "host": "wasmer",
    "stopAt": 4000
  },
  "cursor": 9,
  "view": {
    "filter": "%file",
    "unmatched": "hide",
    "axis": "time",
    "window": {
      "from": 0.5,
      "to": 1200
    },
    "tab": "memory"
  },
  "digest": "0123456789abcdef",
  "modules": [
    {
      "hash": "93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476",
      "deflated": "Y0gszmVkYGAAAA"
    }
  ]
}
`
